package ferry.local;

import ferry.backend.GivenSecrets;
import ferry.backend.Plan;
import ferry.backend.PodKeys;
import ferry.error.RequestError;
import ferry.workflow.PlainTemplate;
import ferry.workflow.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Whether a run could start on this machine: found out before it is taken on. */
record Suitability(SecretValues secrets, RunSecrets runs) {

  /**
   * Refuses a run that could not.
   *
   * @throws ferry.error.UserException naming the step and what it lacks
   */
  void check(Plan plan) {
    for (var wanted : runs.of(plan)) {
      secrets.needed(plan.place(), wanted);
    }
    refuseProgramOfAnImage(plan);
    refuseShownSecrets(plan);
    var made = new HashSet<String>();
    plan.workflow().allSteps().forEach(step -> made.addAll(step.files().outputs()));
    var found = new HashSet<String>(made);
    for (var step : plan.workflow().allSteps()) {
      refuseWorkers(step);
      var file = step.surroundings().requirements().map(name -> filled(plan, name));
      if (file.isPresent() && found.add(file.get())) {
        refuseMissing(plan, step, file.get());
      }
      if (file.isPresent()) {
        refuseWithoutPython(plan, step);
      }
    }
  }

  /** Those of this machine's file of secrets among them, which came with no command. */
  void refuseShownSecrets(Plan plan) {
    GivenSecrets.refuseShown(plan, runs.texts(plan));
  }

  /** A sentence for each thing that was asked of a cluster, of which there is none here. */
  static List<String> meaningless(Plan plan) {
    return plan.setting().entrySet().stream()
        .map(asked ->
            "%s means nothing on this machine; a cluster is asked for with `--on kubernetes`"
                .formatted(
                    asked.getKey().equals(PodKeys.TEMPLATE)
                        ? "what the file says of its Pod"
                        : "`--%s %s`".formatted(asked.getKey(), asked.getValue())))
        .toList();
  }

  private static void refuseProgramOfAnImage(Plan plan) {
    if (plan.setting().containsKey(PodKeys.OWN_PROGRAM)) {
      throw new RequestError.Lacking(
              "the Job names no `command`, and what its image runs by itself is not on this"
                  + " machine",
              List.of("run it with `--on kubernetes`", "or write its command down"))
          .thrown();
    }
  }

  private static void refuseWorkers(Step step) {
    if (step.workers() > 1) {
      throw new RequestError.Lacking(
              "step `"
                  + step.name()
                  + "` asks for "
                  + step.workers()
                  + " workers, and on this machine a step is one process",
              List.of(
                  "take `workers` away, or start them in the command: `torchrun"
                      + " --nproc-per-node "
                      + step.workers()
                      + " train.py`"))
          .thrown();
    }
  }

  private static String filled(Plan plan, String name) {
    var params = plan.workflow().params();
    return PlainTemplate.renderKnown(name, param -> Optional.ofNullable(params.get(param)));
  }

  /** A name that only the run knows whole is not looked for yet. */
  private static void refuseMissing(Plan plan, Step step, String name) {
    var file = Path.of(plan.place().directory()).resolve(name).normalize();
    if (PlainTemplate.parse(name).placeholders().isEmpty() && !Files.isRegularFile(file)) {
      throw new RequestError.Lacking(
              "step `"
                  + step.name()
                  + "` needs the file `"
                  + name
                  + "` for its Python environment, and "
                  + (Files.exists(file) ? file + " is no file" : "there is no " + file),
              List.of(
                  Files.isDirectory(file)
                      ? "name a file in it, like `"
                          + Path.of(name).resolve("requirements.txt")
                          + "`"
                      : Files.exists(file)
                          ? "name a text file, like `requirements.txt`"
                          : "if an earlier step makes it, name it in that step's `outputs`"))
          .thrown();
    }
  }

  private static void refuseWithoutPython(Plan plan, Step step) {
    if (Python.program(plan.place()).isEmpty()) {
      throw new RequestError.Lacking(
              "step `"
                  + step.name()
                  + "` needs a Python environment, and there is no `python3` on the PATH where"
                  + " this was typed",
              List.of("install Python 3, or type the command where `python3 --version` works"))
          .thrown();
    }
  }
}
