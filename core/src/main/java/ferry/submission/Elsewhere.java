package ferry.submission;

import ferry.backend.Plan;
import ferry.experiment.Experiment;
import java.util.ArrayList;
import java.util.List;
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

  /** What does not reach that far. */
  static List<String> warnings(Experiment experiment) {
    var warnings = new ArrayList<String>();
    var plan = experiment.search();
    boolean promotes = "false".equals(plan.settings().get("stop_once"));
    if (HAND_ON.contains(plan.method()) || promotes) {
      warnings.add(
          "`%s` lets trials go on from checkpoints: on %s these are handed on only%s; elsewhere such a trial begins anew"
              .formatted(plan.method(), experiment.template().backend(), AT_HOME));
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
