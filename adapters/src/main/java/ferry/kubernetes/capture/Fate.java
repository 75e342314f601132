package ferry.kubernetes.capture;

/** What becomes of a volume of the notebook in a step. */
sealed interface Fate {

  /** The step mounts it too. */
  record Travels() implements Fate {}

  /** The step mounts it too, on the notebook's node only. */
  record Pins(String why) implements Fate {}

  /** The step gets one like it that begins empty. */
  record Fresh(boolean worthTelling) implements Fate {}

  /** The step does without. */
  record Stays(String why) implements Fate {}
}
