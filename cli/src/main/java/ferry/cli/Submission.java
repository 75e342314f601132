package ferry.cli;

import ferry.cli.client.CommandFailed;
import ferry.cli.client.Failure;
import ferry.cli.client.Json;
import ferry.cli.config.Config;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What {@code run} and {@code explain} are given: a workflow in one of its forms, and what is set
 * beside it.
 */
final class Submission {
  private static final int MOST_DRAWS = 20;

  private static final List<String> SET =
      List.of(
          "cpu",
          "memory",
          "gpu",
          "timeout",
          "image",
          "namespace",
          "context",
          "queue",
          "pending-timeout");

  private final Invocation given;
  private final Session session;

  Submission(Invocation given, Session session) {
    this.given = given;
    this.session = session;
  }

  static CommandSpec describe(CommandSpec spec) {
    return spec.addPositional(
            Options.words(
                "[ONE-LINER | -f FILE | -- COMMAND ARGS…]",
                "Commands with `>>` between them and `[a, b]` around branches; or a workflow file;"
                    + " or one command, its arguments exactly those."))
        .addOption(
            Options.value(
                "FILE", "Read the workflow from a file; `-` is standard input.", "--file", "-f"))
        .addOption(Options.value("ONE-LINER", "The one-liner, as JupyterFlow spells it.", "-c"))
        .addOption(Options.value("NAME", "Name the workflow.", "--name"))
        .addOption(Options.value("BACKEND", "Run it there: local, kubernetes, argo.", "--on"))
        .addOption(
            Options.values("NAME=VALUE", "Set a parameter; may be repeated.", "--param", "-p"))
        .addOption(Options.value("IMAGE", "On a cluster: the image of the steps.", "--image"))
        .addOption(
            Options.value("NAMESPACE", "On a cluster: where its objects are.", "--namespace"))
        .addOption(
            Options.value("CONTEXT", "On a cluster: its name in the kubeconfig.", "--context"))
        .addOption(
            Options.value(
                "TIME", "On a cluster: give up what has not started by then.", "--pending-timeout"))
        .addOption(
            Options.value("QUEUE", "On a cluster: the queue of Kueue to wait in.", "--queue"))
        .addOption(Options.value("CPUS", "Cpus of each step that does not say.", "--cpu"))
        .addOption(
            Options.value("SIZE", "Memory of each step that does not say, like 2Gi.", "--memory"))
        .addOption(Options.value("GPUS", "Gpus of each step that does not say.", "--gpu"))
        .addOption(
            Options.value(
                "TIME", "Time limit of each step that does not say, like 20m.", "--timeout"));
  }

  /** Asks the server what would run; nothing is started. */
  Json plan() {
    var body = body();
    body.put("key", RunKey.draw());
    body.put("dryRun", true);
    return session.client().postAgain("/runs", body);
  }

  /** Submits it. However often the connection breaks, it runs once. */
  Json submit(boolean now) {
    var body = body();
    body.put("dryRun", false);
    body.put("now", now);
    return submit(session, "/runs", body);
  }

  /** Asks for a search in which the parameters given are searched; a dry run starts nothing. */
  Json search(Map<String, Object> search, boolean dryRun) {
    var body = body();
    body.remove("params");
    body.put("search", search);
    body.put("dryRun", dryRun);
    return submit(session, "/experiments", body);
  }

  /** Posts a body with a new key; with another where that one is taken. */
  static Json submit(Session session, String path, Map<String, Object> body) {
    for (int draws = 1; ; draws++) {
      body.put("key", RunKey.draw());
      try {
        return session.client().postAgain(path, body);
      } catch (CommandFailed e) {
        if (!e.failure().code().equals("id-taken") || draws == MOST_DRAWS) {
          throw e;
        }
      }
    }
  }

  private Map<String, Object> body() {
    var body = new LinkedHashMap<String, Object>();
    var directory = putWorkflow(body);
    putSettings(body);
    body.put("place", place(session.shell(), directory));
    return body;
  }

  /**
   * Puts in the workflow, in whatever form it was given; returns the directory in which it runs.
   */
  private Path putWorkflow(Map<String, Object> body) {
    var oneLiners = oneLiners();
    var file = given.value("--file");
    int forms = oneLiners.size() + (file.isPresent() ? 1 : 0) + (given.rest().isPresent() ? 1 : 0);
    if (forms != 1) {
      throw notOneForm(forms).thrown();
    }
    if (file.isPresent()) {
      var workflow = WorkflowText.read(file.get(), session.shell());
      body.put("kind", "file");
      body.put("text", workflow.text());
      body.put("file", file.get());
      return workflow.directory();
    }
    if (given.rest().isPresent()) {
      putExec(body, given.rest().get());
    } else {
      body.put("kind", "one-liner");
      body.put("text", oneLiners.getFirst());
    }
    return session.shell().directory();
  }

  /** At most one as words, and at most one as JupyterFlow spells it. */
  private List<String> oneLiners() {
    var words = given.words(Integer.MAX_VALUE);
    if (words.size() > 1) {
      var typed = String.join(" ", words);
      throw Failure.usage(
              "the command came as " + words.size() + " words",
              "write it in quotes: `ferry " + given.name() + " \"" + typed + "\"`",
              "or after two hyphens, where its arguments stay as they are: `ferry "
                  + given.name()
                  + " -- "
                  + typed
                  + "`")
          .thrown();
    }
    var oneLiners = new ArrayList<>(words);
    given.value("-c").ifPresent(oneLiners::add);
    return oneLiners;
  }

  private static void putExec(Map<String, Object> body, List<String> argv) {
    if (argv.isEmpty()) {
      throw Failure.usage(
              "there is no command after `--`",
              "for example: `ferry run -- python train.py --lr 0.1`")
          .thrown();
    }
    body.put("kind", "exec");
    body.put("argv", argv);
  }

  private Failure notOneForm(int forms) {
    if (forms > 1) {
      return Failure.usage(
          "a one-liner, `-f FILE`, `-c` and `-- COMMAND` are four ways to say what is run; found "
              + forms
              + " of them, expected one",
          "a one-liner is one word to the shell: `ferry "
              + given.name()
              + " \"python prepare.py >> python train.py\"`");
    }
    var here = session.shell().directory().resolve("ferry.yaml");
    var example = "`ferry " + given.name() + " \"python prepare.py >> python train.py\"`";
    return java.nio.file.Files.exists(here)
        ? Failure.usage(
            "nothing is said to be run",
            "the file here: `ferry " + given.name() + " -f ferry.yaml`",
            "a one-liner: " + example)
        : Failure.usage(
            "nothing is said to be run",
            "a one-liner: " + example,
            "a file: `ferry " + given.name() + " -f FILE`");
  }

  private void putSettings(Map<String, Object> body) {
    given.value("--name").ifPresent(name -> body.put("name", name));
    var params = params(given.values("--param"));
    if (!params.isEmpty()) {
      body.put("params", params);
    }
    var set = new LinkedHashMap<String, String>();
    for (var key : SET) {
      given.value("--" + key).ifPresent(value -> set.put(key, value));
    }
    if (!set.isEmpty()) {
      body.put("set", set);
    }
    backend().ifPresent(backend -> body.put("backend", backend));
  }

  private Optional<String> backend() {
    return given.value("--on").or(() -> Config.read(session.shell().home()).get("backend"));
  }

  static Map<String, String> params(List<String> given) {
    return pairs("--param", given);
  }

  static Map<String, String> pairs(String option, List<String> given) {
    var params = new LinkedHashMap<String, String>();
    for (var param : given) {
      int equals = param.indexOf('=');
      if (equals < 1) {
        throw Failure.usage(
                "`" + option + " " + param + "` has no name and value; expected NAME=VALUE",
                "for example: `"
                    + option
                    + (option.equals("--setting") ? " divisor=3`" : " lr=0.1`"))
            .thrown();
      }
      if (params.put(param.substring(0, equals), param.substring(equals + 1)) != null) {
        throw Failure.usage("parameter `" + param.substring(0, equals) + "` is given twice")
            .thrown();
      }
    }
    return params;
  }

  private static Map<String, Object> place(Shell shell, Path directory) {
    var place = new LinkedHashMap<String, Object>();
    place.put("directory", directory.toString());
    place.put("environment", shell.environment());
    var user = shell.variable("USER");
    place.put("user", user.isEmpty() ? System.getProperty("user.name", "") : user);
    place.put("host", HostName.of(shell.environment()));
    return place;
  }
}
