package ferry.format;

import ferry.workflow.Command;
import ferry.workflow.Step;
import ferry.workflow.Surroundings;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path at which Katib's sidecar finds the metrics in a trial's own container. Here it would be
 * one place for all trials; where the trial's command or variables name it, each trial is given a
 * path in its own directory in its stead.
 *
 * @param setting which one names it in a search
 * @param path as the file has it
 * @param at the mapping that says so
 * @param key the key there
 */
record KatibPath(String setting, String path, Foreign at, String key) {
  private static final String BEFORE = "(?<![\\w./-])";
  private static final String BEHIND = "(?=/|$|[^\\w./-])";

  /** The step, told another path where it names this one; nothing where it does not. */
  Optional<Step> moved(Step step) {
    var around = step.surroundings();
    var env = new LinkedHashMap<String, String>();
    around.env().forEach((name, value) -> env.put(name, moved(value)));
    var command =
        step.command() instanceof Command.Exec(var argv)
            ? new Command.Exec(argv.stream().map(this::moved).toList())
            : step.command();
    if (command.equals(step.command()) && env.equals(around.env())) {
      return Optional.empty();
    }
    return Optional.of(
        Step.named(step.name(), command)
            .surroundings(new Surroundings(env, around.secrets(), around.requirements()))
            .resources(step.resources())
            .build());
  }

  /** The path in a trial's own directory. */
  String own() {
    return "katib-" + bare().substring(bare().lastIndexOf('/') + 1);
  }

  private String bare() {
    return path.replaceAll("/+$", "");
  }

  private String moved(String text) {
    return Pattern.compile(BEFORE + Pattern.quote(bare()) + BEHIND)
        .matcher(text)
        .replaceAll(Matcher.quoteReplacement(own()));
  }
}
