package ferry.local;

import ferry.local.launcher.ExitRecord;

/** What a launcher, or the directory of an attempt, has to say. A report may come twice. */
public sealed interface LauncherReport {

  /** The attempt's process was started. */
  record Started(String attempt, long pid, long startedMillis) implements LauncherReport {}

  /** The attempt ended, nothing of its tree is left, and its exit file is written or will be. */
  record Ended(String attempt, ExitRecord exit) implements LauncherReport {}

  /** The attempt could not even be claimed, so nothing was started and it may be tried again. */
  record Refused(String attempt, String words) implements LauncherReport {}

  /** The attempt was claimed once, and how it ended will never be known; nothing of it is left. */
  record Lost(String attempt, String words) implements LauncherReport {}

  /**
   * Something that is no attempt's own failure, in words: for the server's log and for `ferry
   * doctor`.
   */
  record Problem(String words) implements LauncherReport {}
}
