package ferry.local;

import ferry.backend.CodeKeeper;
import ferry.backend.Plan;
import ferry.engine.AttemptSpec;
import ferry.run.AttemptId;
import ferry.run.Outcome;
import ferry.tracking.Artifacts;
import ferry.tracking.NamedFiles;
import ferry.tracking.ResultCache;
import ferry.tracking.ResultCache.Result;
import ferry.tracking.Sha256;
import ferry.workflow.Command;
import ferry.workflow.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a step needs to run: not if its command, variables, requirements, code, named
 * inputs and what the steps before it put out are what they were when it last succeeded.
 */
final class StepCache {
  private static final Logger LOG = LoggerFactory.getLogger(StepCache.class);
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[\\w.-]+\\}");

  private final CodeKeeper code;
  private final Artifacts artifacts;
  private final ResultCache results;
  private final FileHashes hashes = new FileHashes();

  StepCache(CodeKeeper code, Artifacts artifacts, ResultCache results) {
    this.code = code;
    this.artifacts = artifacts;
    this.results = results;
  }

  /**
   * Everything that the attempt depends on, as one hash; empty where the code is not known.
   *
   * @param requirements the key of its Python environment
   */
  Optional<String> key(Plan plan, AttemptSpec attempt, Optional<String> requirements)
      throws IOException {
    if (plan.code().snapshot().isEmpty()) {
      return Optional.empty();
    }
    var text = new StringBuilder("ferry cache 1\n");
    text.append(command(attempt.command())).append('\n');
    var variables = new TreeMap<>(attempt.variables());
    variables.remove("FERRY_RUN");
    variables.forEach((name, value) -> add(text, "variable", name, value));
    attempt
        .secrets()
        .forEach((name, secret) -> add(text, "secret", name, secret.secret() + "." + secret.key()));
    requirements.ifPresent(key -> add(text, "requirements", key, ""));
    attempt.files().outputs().forEach(output -> add(text, "output", output, ""));
    addCode(plan, attempt, text);
    addInputs(plan, attempt, text);
    return Optional.of(Sha256.of(text.toString()));
  }

  private static String command(Command command) {
    return switch (command) {
      case Command.Shell(var script) -> "shell " + script;
      case Command.Exec(var argv) -> "exec " + String.join("\0", argv);
    };
  }

  private static void add(StringBuilder text, String what, String name, String value) {
    text.append(what).append('\0').append(name).append('\0').append(value).append('\n');
  }

  private void addCode(Plan plan, AttemptSpec attempt, StringBuilder text) {
    var noCode = new ArrayList<>(attempt.files().inputs());
    for (var step : plan.workflow().allSteps()) {
      step.files().outputs().forEach(output -> noCode.add(anyValue(output)));
    }
    code.files(plan.code().snapshot().orElseThrow())
        .forEach((path, content) -> {
          if (noCode.stream().noneMatch(name -> NamedFiles.covers(name, path))) {
            add(text, "code", path, content);
          }
        });
  }

  private void addInputs(Plan plan, AttemptSpec attempt, StringBuilder text) throws IOException {
    var directory = Path.of(plan.place().directory());
    var names = new ArrayList<>(attempt.files().inputs());
    names.addAll(putOutBefore(plan, attempt.id()));
    for (var name : names) {
      add(text, "named", name, "");
      for (var path : NamedFiles.find(directory, name)) {
        add(text, "input", path, hashes.hash(directory.resolve(path)));
      }
    }
  }

  private static List<String> putOutBefore(Plan plan, AttemptId id) {
    var all = new TreeMap<String, Step>();
    plan.workflow().allSteps().forEach(step -> all.put(step.name(), step));
    var own = all.get(id.stepRun().replaceFirst("\\[.*", ""));
    return own == null
        ? List.of()
        : own.after().stream()
            .map(all::get)
            .flatMap(step -> step.files().outputs().stream())
            .map(StepCache::anyValue)
            .toList();
  }

  private static String anyValue(String output) {
    return PLACEHOLDER.matcher(output).replaceAll("*");
  }

  /** An earlier result that holds now, with the files that it put out back in their places. */
  Optional<Result> find(String key, AttemptSpec attempt, Path directory) {
    var result = results.find(key);
    boolean holds =
        result.isPresent()
            && (attempt.files().outputs().isEmpty()
                || artifacts.restore(result.get().run(), result.get().stepRun(), directory));
    return holds ? result : Optional.empty();
  }

  /** Keeps what an attempt came to for later ones; where that fails, they run again. */
  void remember(String key, AttemptId attempt, Instant at, Map<String, String> values) {
    try {
      results.remember(key, new Result(attempt.run(), attempt.stepRun(), at, values));
    } catch (RuntimeException trouble) {
      LOG.warn("the result of {} is not remembered: {}", attempt, trouble.getMessage());
    }
  }

  static Outcome outcome(Result result) {
    return new Outcome.Succeeded(result.values(), true);
  }
}
