package ferry.search;

/** How a trial's process ended. */
public enum Ending {
  /** By itself, well. */
  FINISHED,
  /** By itself with an error, after all its retries; or it was lost. */
  FAILED,
  /** It said that its parameters cannot work: it is replaced and costs nothing. */
  INVALID,
  /** Somebody ended it: the searcher, or a user. */
  STOPPED
}
