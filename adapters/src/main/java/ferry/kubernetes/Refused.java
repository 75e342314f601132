package ferry.kubernetes;

import java.util.List;

/** Found where nothing can be done about it by asking again at once. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient ClusterTrouble words;

  Refused(String message, String help, boolean mayPass) {
    super(message, null, false, false);
    words = new ClusterTrouble(message, List.of(help), mayPass);
  }

  /** What was found, and what to do. */
  public ClusterTrouble words() {
    return words;
  }
}
