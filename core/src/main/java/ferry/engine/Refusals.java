package ferry.engine;

import ferry.error.RequestError;
import ferry.error.SystemError;
import ferry.error.UserException;
import ferry.run.RunId;
import java.util.List;
import java.util.Optional;

/** Why a wish is not granted, in words. */
final class Refusals {
  private Refusals() {}

  static UserException notFound(RunId run) {
    return new RequestError.NotFound("run", run.value(), Optional.empty()).thrown();
  }

  static UserException notEnded(RunId run) {
    return conflict(run, "has not ended", "stop it first with `ferry stop " + run + "`");
  }

  static UserException beingRemoved(RunId run) {
    return conflict(run, "is being removed", "ask again in a moment");
  }

  static UserException nothingToRetry(RunId run, String why) {
    return conflict(run, why, "run all of it again with `ferry rerun " + run + "`");
  }

  private static UserException conflict(RunId run, String why, String help) {
    return new RequestError.Conflict("run `" + run + "` " + why, List.of(help)).thrown();
  }

  /** An error that is no word of ours, as one that can be told. */
  static UserException worded(Throwable failure) {
    return failure instanceof UserException known
        ? known
        : new SystemError.Unavailable("a fault of Ferry's: " + failure, List.of()).thrown();
  }
}
