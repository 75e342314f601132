package ferry.submission;

import ferry.backend.Checkpoints;
import ferry.backend.Plan;
import ferry.experiment.Experiment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is otherwise for trials that are no processes of this machine, in words. */
final class Elsewhere {
  private static final String LOCAL = "local";

  /** Those by which a trial is put aside and gone on with, or begins as a copy of another. */
  private static final Set<String> HAND_ON = Set.of("pbt", "hyperband");

  private static final String AT_HOME = " where Ferry's home lies on a volume that the Pods mount";

  private Elsewhere() {}

  /** Whether its steps run elsewhere. */
  static boolean is(Plan plan) {
    return !plan.backend().equals(LOCAL);
  }

  /** Whether its trials go on from checkpoints, their own or another's. */
  private static boolean handsOn(Experiment experiment) {
    var plan = experiment.search();
    boolean promotes = "false".equals(plan.settings().get("stop_once"));
    return HAND_ON.contains(plan.method()) || promotes;
  }

  /** The setting of its trials' plans. */
  static Map<String, String> setting(Experiment experiment) {
    var setting = experiment.template().setting();
    return is(experiment.template()) && handsOn(experiment)
        ? Checkpoints.shared(setting, experiment.id().value())
        : setting;
  }

  /** What does not reach that far, or has its price there. */
  static List<String> warnings(Experiment experiment) {
    var warnings = new ArrayList<String>();
    if (handsOn(experiment)) {
      warnings.add(
          "`%s` lets trials go on from checkpoints: on %s these lie on a claim that all trials mount; where only one node may mount it (`ferry config access ReadWriteMany` says otherwise), they all run on that node"
              .formatted(experiment.search().method(), experiment.template().backend()));
    }
    var objective = experiment.objective();
    objective
        .file()
        .ifPresent(name -> warnings.add(unread("file `" + name + "`", experiment, AT_HOME)));
    objective
        .events()
        .ifPresent(name -> warnings.add(unread("directory `" + name + "`", experiment, AT_HOME)));
    objective
        .endpoint()
        .ifPresent(address ->
            warnings.add(unread("page " + address, experiment, " where this machine reaches it")));
    return warnings;
  }

  private static String unread(String what, Experiment experiment, String where) {
    return "the metric is read from the %s on %s only%s; print it, or log it by MLflow"
        .formatted(what, experiment.template().backend(), where);
  }
}
