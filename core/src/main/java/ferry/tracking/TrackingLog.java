package ferry.tracking;

/** Takes what tracked runs log. What it took survives a power cut. */
public interface TrackingLog {

  /**
   * Keeps a batch whole. A point that is there already, with the same key, step, time and value, is
   * not counted twice, so that a batch may be sent again. A run or step run of Ferry need not have
   * logged before.
   *
   * @throws ferry.error.UserException with {@link ferry.error.RequestError.NotFound} where there is
   *     no such run, {@link ferry.error.RequestError.BadRequest} where a parameter has another
   *     value already or the run is deleted
   */
  void log(TrackedId run, Batch batch);
}
