package ferry.backend;

/**
 * The keys of a plan's setting under which a file that was written for Kubernetes, or beside one,
 * says what the Pods of steps have. A place that knows no Pods reads none of them.
 */
public final class PodKeys {
  /** A whole Pod's template as somebody wrote it, as JSON. */
  public static final String TEMPLATE = "template";

  /** Is there where that runs the program of its image, and the command is its arguments alone. */
  public static final String OWN_PROGRAM = "own-program";

  /** What is said of every step's Pod beside what it has anyway, as JSON of a Pod. */
  public static final String OVERLAY = "overlay";

  /** The file in which that is said, as a person knows it. */
  public static final String OVERLAY_FILE = "overlay-file";

  /** Of how many GPUs, Determined's slots, a step is to have where there are any. */
  public static final String SLOTS = "slots";

  private PodKeys() {}
}
