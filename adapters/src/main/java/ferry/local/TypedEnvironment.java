package ferry.local;

import ferry.backend.Plan;
import ferry.workflow.StepVariables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The environment that all commands of a run start from: that of the shell in which it was typed,
 * less what belonged to an attempt of another run, and with the Python environment in front.
 */
record TypedEnvironment(Plan plan, Optional<String> url) {
  /** Of the run, not of the shell: whoever starts an attempt adds it. */
  static final String DIRECTORY = "PWD";

  private static final Set<String> ANOTHER_RUNS =
      Set.of(
          "FERRY_RUN",
          "FERRY_STEP",
          "FERRY_ATTEMPT",
          "FERRY_OUTPUT",
          "FERRY_CHECKPOINT_DIR",
          "FERRY_URL",
          "FERRY_TOKEN",
          "FERRY_RUN_STATE",
          "FERRY_DATABASE",
          "OLDPWD",
          "_");

  /** Entries that a process can be given: names that are none are left out. */
  static Map<String, String> usable(Map<String, String> environment) {
    var usable = new LinkedHashMap<String, String>();
    environment.forEach((name, value) -> {
      boolean good = !name.isEmpty() && name.indexOf('=') < 0 && name.indexOf('\0') < 0;
      if (good && value.indexOf('\0') < 0) {
        usable.put(name, value);
      }
    });
    return usable;
  }

  /** {@code NAME=VALUE} each. */
  List<String> entries(Optional<Path> python) {
    var all = usable(plan.place().environment());
    all.keySet().removeIf(TypedEnvironment::isAnotherRuns);
    all.remove(DIRECTORY);
    all.putIfAbsent("PYTHONUNBUFFERED", "1");
    url.ifPresent(address -> all.put("FERRY_URL", address));
    python.ifPresent(environment -> putInFront(environment, all));
    var entries = new ArrayList<String>();
    all.forEach((name, value) -> entries.add(name + "=" + value));
    return entries;
  }

  /** What is on the PATH of those entries. */
  DirectPrograms programs(List<String> entries) {
    var path =
        entries.stream()
            .filter(entry -> entry.startsWith("PATH="))
            .map(entry -> entry.substring("PATH=".length()))
            .findFirst()
            .orElse("");
    return new DirectPrograms(path, Path.of(plan.place().directory()));
  }

  /** Whether a shell started here knows no functions and reads no file first. */
  boolean shellIsPlain() {
    return plan.place().environment().keySet().stream()
        .noneMatch(
            name -> name.startsWith("BASH_FUNC_") || name.equals("BASH_ENV") || name.equals("ENV"));
  }

  private static boolean isAnotherRuns(String name) {
    return ANOTHER_RUNS.contains(name) || StepVariables.isOne(name);
  }

  private static void putInFront(Path python, Map<String, String> all) {
    var path = all.getOrDefault("PATH", "");
    all.put("PATH", python.resolve("bin") + (path.isEmpty() ? "" : ":" + path));
    all.put("VIRTUAL_ENV", python.toString());
    all.remove("PYTHONHOME");
  }

  /** {@code bash}, or {@code sh} where there is none. */
  String shell() {
    return Python.onPath(plan.place(), "bash").isPresent() ? "bash" : "sh";
  }
}
