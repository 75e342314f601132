package ferry.format;

import ferry.workflow.Command;
import ferry.workflow.Step;
import ferry.workflow.Surroundings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The directory in which Katib's population based training keeps a trial's checkpoint. Where the
 * trial's command or variables name it they name {@code $FERRY_CHECKPOINT_DIR} in its stead, which
 * begins with what the trial's parent saved.
 *
 * @param setting the setting that names it, in its {@code value}
 */
record KatibCheckpoints(String directory, Foreign setting) {
  private static final String OWN = "FERRY_CHECKPOINT_DIR";
  private static final String BEFORE = "(?<![\\w./-])";
  private static final String BEHIND = "(?=/|$|[^\\w./-])";
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

  /**
   * The step, told the other directory by a shell around its command.
   *
   * @throws ferry.error.UserException where it names neither
   */
  Step moved(Step step) {
    if (!(step.command() instanceof Command.Exec(var argv))) {
      return step;
    }
    var words = new ArrayList<String>();
    var script = new StringBuilder();
    var env = new LinkedHashMap<>(step.surroundings().env());
    step.surroundings()
        .env()
        .forEach((name, value) -> {
          if (names(value) && NAME.matcher(name).matches()) {
            env.remove(name);
            script.append("export ").append(name).append("=").append(joined(value, words));
            script.append("\n");
          }
        });
    boolean isMoved = !script.isEmpty() || argv.stream().anyMatch(this::names);
    if (!isMoved) {
      checkKnown(argv);
      return step;
    }
    script.append("exec");
    argv.forEach(word -> script.append(' ').append(joined(word, words)));
    var shell = new ArrayList<>(List.of("sh", "-c", script.toString(), "sh"));
    shell.addAll(words);
    var before = step.surroundings();
    setting.warn(
        "value", "`%s` is each trial's own $%s, and so its command says".formatted(directory, OWN));
    return Step.named(step.name(), new Command.Exec(shell))
        .surroundings(new Surroundings(env, before.secrets(), before.requirements()))
        .resources(step.resources())
        .build();
  }

  /** A word for the shell: pieces of the text, and the directory between them. */
  private String joined(String text, List<String> words) {
    var word = new StringBuilder("\"");
    var pieces = Pattern.compile(pattern()).split(text, -1);
    for (int i = 0; i < pieces.length; i++) {
      word.append(i == 0 ? "" : "$" + OWN);
      if (!pieces[i].isEmpty() || pieces.length == 1) {
        words.add(pieces[i]);
        word.append("${").append(words.size()).append("}");
      }
    }
    return word.append('"').toString();
  }

  private void checkKnown(List<String> argv) {
    if (argv.stream().noneMatch(word -> word.contains(OWN))) {
      throw setting.bad(
          "value",
          "`" + directory + "`, which neither the trial's command nor its variables name",
          "it in one of them, since each trial finds its checkpoint elsewhere",
          "write it in the command, like `--checkpoint=" + directory + "`",
          "or as a variable of the container: `env: [{name: CHECKPOINTS, value: "
              + directory
              + "}]`");
    }
  }

  private boolean names(String text) {
    return Pattern.compile(pattern()).matcher(text).find();
  }

  private String pattern() {
    return BEFORE + Pattern.quote(directory.replaceAll("(?<=.)/+$", "")) + BEHIND;
  }
}
