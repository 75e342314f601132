package ferry.local;

import ferry.backend.Place;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes one environment in its place: with {@code uv} where the user has it, else with {@code venv}
 * and pip.
 */
record EnvironmentBuild(
    Place place, Python python, Requirements requirements, Path environment, Children children) {
  private static final Set<String> IN_THE_WAY =
      Set.of("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONPATH");
  private static final int LINES = 3;
  private static final String UNKNOWN = "unknown";

  /** Processes of builds that are under way. */
  static final class Children {
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    void endAll() {
      running.forEach(process -> endTree(process.toHandle()));
    }
  }

  private static void endTree(ProcessHandle process) {
    var all = new ArrayList<>(process.descendants().toList());
    all.add(process);
    all.forEach(ProcessHandle::destroyForcibly);
  }

  static Path log(Path environment) {
    return environment.resolveSibling(environment.getFileName() + ".log");
  }

  private Path builder() {
    return environment.resolveSibling(environment.getFileName() + ".builder");
  }

  /** Makes it anew from nothing, and marks it as complete at the end. */
  void run() throws IOException, InterruptedException, CannotStart {
    endLeftOver();
    deleteTree(environment);
    Files.deleteIfExists(log(environment));
    var file = requirements.file().toString();
    var made = environment.resolve("bin/python").toString();
    var executable = python.executable().toString();
    var uv = Python.onPath(place, "uv");
    if (uv.isPresent()) {
      var program = uv.get().toString();
      step(List.of(program, "venv", "--python", executable, environment.toString()));
      step(List.of(program, "pip", "install", "--python", made, "-r", file));
    } else {
      step(List.of(executable, "-m", "venv", environment.toString()));
      step(List.of(made, "-m", "pip", "install", "-r", file));
    }
    Files.createFile(environment.resolve(PythonEnvironments.COMPLETE));
    Files.deleteIfExists(builder());
  }

  private void step(List<String> command) throws IOException, InterruptedException, CannotStart {
    var builder =
        new ProcessBuilder(command)
            .directory(new File(place.directory()))
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log(environment).toFile()));
    builder.environment().clear();
    builder.environment().putAll(variables());
    var process = builder.start();
    children.running.add(process);
    try {
      Files.writeString(builder(), process.pid() + " " + startOf(process.toHandle()));
      if (process.waitFor() != 0) {
        throw new CannotStart(
            "the Python environment from "
                + requirements.name()
                + " could not be made: "
                + lastWords());
      }
    } finally {
      endTree(process.toHandle());
      children.running.remove(process);
    }
  }

  private Map<String, String> variables() {
    var variables = new HashMap<>(TypedEnvironment.usable(place.environment()));
    variables.keySet().removeAll(IN_THE_WAY);
    variables.put("PIP_DISABLE_PIP_VERSION_CHECK", "1");
    variables.put("PIP_NO_INPUT", "1");
    return variables;
  }

  /** What the tool said about its failure, in its own words. */
  private String lastWords() {
    var lines = LogTail.lines(log(environment), 100);
    var errors = lines.stream().filter(line -> line.matches("(?i)\\s*(error:|× |╰─▶ ).*")).toList();
    var told = errors.isEmpty() ? lines : errors;
    var last = told.subList(Math.max(0, told.size() - LINES), told.size());
    return last.isEmpty() ? "it said nothing" : String.join("; ", last).strip();
  }

  /** Ends what a killed server left at work in the same place. */
  private void endLeftOver() throws IOException {
    if (!Files.exists(builder())) {
      return;
    }
    var words = Files.readString(builder()).strip().split(" ");
    if (words.length == 2 && words[0].matches("\\d{1,18}")) {
      ProcessHandle.of(Long.parseLong(words[0]))
          .filter(process -> !words[1].equals(UNKNOWN) && startOf(process).equals(words[1]))
          .ifPresent(EnvironmentBuild::endTree);
    }
    Files.delete(builder());
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Object::toString).orElse(UNKNOWN);
  }

  private static void deleteTree(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var all = Files.walk(directory)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
