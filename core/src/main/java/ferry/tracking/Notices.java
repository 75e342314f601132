package ferry.tracking;

import ferry.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What is to be told of runs that have ended. A notice becomes durable together with the end that
 * it tells of, and stays until it was delivered or given up.
 */
public interface Notices {

  /**
   * Tells one place of the end of one run.
   *
   * @param target to whom, as {@link #wanted} named it
   * @param tries how often that was tried
   * @param created when the run ended
   */
  record Notice(RunId run, String target, int tries, Instant created) {}

  /** From now on the end of each run leaves a notice for each of these. */
  void wanted(Set<String> targets);

  /** Those whose time has come, the oldest first. */
  List<Notice> due(Instant now, int limit);

  /** Puts a notice off, after it was tried once more. */
  void again(Notice notice, Instant due);

  /** Forgets a notice. One for a later end of the same run stays. */
  void done(Notice notice);

  /** How many there are. */
  long pending();
}
