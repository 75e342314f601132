package ferry.local;

import ferry.backend.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The Python that a user's command would run.
 *
 * @param executable its real program, not a version switcher's stand-in
 * @param kind version, implementation and platform: what an environment depends on
 */
record Python(Path executable, String kind) {
  private static final String QUESTION =
      """
      import sys, sysconfig
      print(sys.executable)
      print(sys.implementation.name, sys.version.split()[0], sysconfig.get_platform())
      """;
  private static final int PATIENCE_SECONDS = 30;
  private static final Map<String, Python> KNOWN = new ConcurrentHashMap<>();

  /** The first {@code python3} or {@code python} on the PATH of the place. */
  static Python of(Place place) throws CannotStart {
    var program =
        program(place)
            .orElseThrow(() ->
                new CannotStart(
                    "`requirements` need Python, and there is no `python3` on the PATH where"
                        + " the run was typed"));
    var memory =
        program
            + "\n"
            + program.toFile().lastModified()
            + "\n"
            + place.directory()
            + "\n"
            + place.variable("PYENV_VERSION").orElse("")
            + "\n"
            + Path.of(place.directory(), ".python-version").toFile().lastModified();
    var known = KNOWN.get(memory);
    if (known != null) {
      return known;
    }
    var found = ask(program, place);
    KNOWN.put(memory, found);
    return found;
  }

  static Optional<Path> program(Place place) {
    return onPath(place, "python3").or(() -> onPath(place, "python"));
  }

  /** The first program of that name on the PATH of the place. */
  static Optional<Path> onPath(Place place, String name) {
    for (var directory : place.variable("PATH").orElse("").split(":")) {
      var file = Path.of(place.directory()).resolve(directory).resolve(name);
      if (!directory.isEmpty() && Files.isExecutable(file) && !Files.isDirectory(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static Python ask(Path program, Place place) throws CannotStart {
    try {
      var builder =
          new ProcessBuilder(List.of(program.toString(), "-c", QUESTION))
              .directory(Path.of(place.directory()).toFile())
              .redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().putAll(TypedEnvironment.usable(place.environment()));
      var process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new CannotStart(
            "`" + program + "` did not answer in " + PATIENCE_SECONDS + " s, so it is not used");
      }
      var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var lines = answer.lines().toList();
      if (process.exitValue() != 0 || lines.size() < 2) {
        throw new CannotStart(
            "`"
                + program
                + "` does not work: "
                + (lines.isEmpty() ? "no answer" : lines.getLast()));
      }
      return new Python(Path.of(lines.get(lines.size() - 2)), lines.getLast());
    } catch (IOException broken) {
      throw new CannotStart("`" + program + "` cannot be run: " + broken.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CannotStart("the server ends");
    }
  }
}
