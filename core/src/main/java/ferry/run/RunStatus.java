package ferry.run;

import java.util.Locale;

/** What a run is said to be doing. */
public enum RunStatus {
  /** Nothing of it has started. */
  WAITING,
  RUNNING,
  SUCCEEDED,
  FAILED,
  STOPPED;

  public boolean isEnded() {
    return this == SUCCEEDED || this == FAILED || this == STOPPED;
  }

  /** The word for it in lists and JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
