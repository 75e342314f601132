package ferry.experiment;

import ferry.error.SystemError;
import ferry.run.RunId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Experiments in which something is wrong by our own fault: they wait for the next server. */
final class SetAside {
  private final Map<RunId, RuntimeException> faults = new LinkedHashMap<>();
  private final BiConsumer<RunId, RuntimeException> told;

  /**
   * None.
   *
   * @param told is told of each, once
   */
  SetAside(BiConsumer<RunId, RuntimeException> told) {
    this.told = told;
  }

  void add(RunId experiment, RuntimeException fault) {
    if (faults.putIfAbsent(experiment, fault) == null) {
      told.accept(experiment, fault);
    }
  }

  /**
   * Says that nothing can be asked of an experiment, where it is one of these.
   *
   * @throws ferry.error.UserException then
   */
  void refuse(RunId experiment) {
    var fault = faults.get(experiment);
    if (fault != null) {
      throw new SystemError.Unavailable(
              "experiment `" + experiment + "` was set aside: " + fault.getMessage(),
              List.of("the next server tries again to take it up: `ferry server stop`"))
          .thrown();
    }
  }
}
