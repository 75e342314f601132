package ferry.cli;

import ferry.cli.client.Failure;
import ferry.cli.client.Json;
import ferry.cli.terminal.SafeText;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Searches the parameters of a workflow for the best value of a metric. */
final class SearchCommand implements Command {
  /** Options that are settings of the same name. */
  private static final Map<String, String> SETTINGS = settings();

  private static Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("--metric", "metric");
    settings.put("--method", "method");
    settings.put("--trials", "trials");
    settings.put("--parallel", "parallel");
    settings.put("--seed", "seed");
    settings.put("--length", "length");
    settings.put("--length-metric", "length_metric");
    settings.put("--target", "target");
    settings.put("--failures", "failures");
    settings.put("--time", "time");
    settings.put("--units", "units");
    settings.put("--metric-value", "metric_value");
    settings.put("--metric-pattern", "metric_pattern");
    settings.put("--metric-file", "metric_file");
    settings.put("--metric-events", "metric_events");
    settings.put("--metric-endpoint", "metric_endpoint");
    settings.put("--warm-start", "warm_start");
    return settings;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Submission.describe(
            Options.asking(
                "search",
                "Runs a workflow with many values of its parameters, and says which are best."));
    return budgets(metric(spec))
        .addOption(
            Options.value("EXPERIMENT", "Begin with what its trials came to.", "--warm-start"))
        .addOption(
            Options.value(
                "TIME", "With --dry-run: how long a unit of training takes.", "--unit-time"))
        .addOption(
            Options.flag("Print the experiment's id and leave it running.", "--detach", "-d"))
        .addOption(Options.flag("Show what would be searched, and start nothing.", "--dry-run"))
        .addOption(Options.output("as json; a dry run as yaml or json"));
  }

  private static CommandSpec budgets(CommandSpec spec) {
    return spec.addOption(Options.value("METHOD", "How to search; auto chooses.", "--method"))
        .addOption(
            Options.values("NAME=VALUE", "A setting of the method; may be repeated.", "--setting"))
        .addOption(Options.value("NUMBER", "At most so many trials (64).", "--trials", "-n"))
        .addOption(Options.value("NUMBER", "So many trials at once (4).", "--parallel", "-j"))
        .addOption(Options.value("NUMBER", "Settles all chance.", "--seed"))
        .addOption(
            Options.value("UNITS", "How many epochs or steps a whole training has.", "--length"))
        .addOption(
            Options.value(
                "NAME", "The metric that counts these units, if not the step.", "--length-metric"))
        .addOption(Options.value("VALUE", "End when the metric reaches this.", "--target"))
        .addOption(Options.value("NUMBER", "End when more trials fail.", "--failures"))
        .addOption(Options.value("TIME", "End after this time, like 2h.", "--time"))
        .addOption(Options.value("UNITS", "End after so much training in all.", "--units"));
  }

  private static CommandSpec metric(CommandSpec spec) {
    return spec.addOption(
            Options.value("NAME", "The metric, as the script prints it.", "--metric", "-m"))
        .addOption(Options.flag("The larger the metric the better.", "--maximize", "--max"))
        .addOption(Options.flag("The smaller the metric the better.", "--minimize", "--min"))
        .addOption(
            Options.value("best|last", "Which value counts for a trial (best).", "--metric-value"))
        .addOption(
            Options.value(
                "REGEX", "Find the metric by an expression of your own.", "--metric-pattern"))
        .addOption(
            Options.value(
                "FILE", "Read the metric in a file of text or JSON lines.", "--metric-file"))
        .addOption(
            Options.value(
                "DIRECTORY", "Read it in TensorBoard's files below here.", "--metric-events"))
        .addOption(Options.value("URL", "Read it where Prometheus would.", "--metric-endpoint"));
  }

  @Override
  public int run(Invocation given, Session session) {
    var submission = new Submission(given, session);
    var format = given.format("json", "yaml");
    boolean json = format.filter("json"::equals).isPresent();
    var unitTime = SearchCost.unitTime(given.value("--unit-time"));
    if (unitTime.isPresent() && !given.has("--dry-run")) {
      throw Failure.usage(
              "`--unit-time` is for a preview, which `--dry-run` shows", "add `--dry-run`")
          .thrown();
    }
    var answer = submission.search(search(given), given.has("--dry-run"));
    session.printWarnings(answer);
    if (given.has("--dry-run")) {
      preview(answer, format.orElse("words"), session);
      if (format.isEmpty()) {
        SearchCost.of(answer, unitTime, session).forEach(session.out()::println);
      }
      return 0;
    }
    if (json && given.has("--detach")) {
      session.printJson(answer);
      return 0;
    }
    if (given.has("--detach")) {
      session.out().println(SafeText.line(answer.text("id")));
      return 0;
    }
    return ExperimentAttaching.to(answer.text("id"), session);
  }

  private static Map<String, Object> search(Invocation given) {
    var settings = new LinkedHashMap<String, String>();
    SETTINGS.forEach(
        (option, name) -> given.value(option).ifPresent(value -> settings.put(name, value)));
    if (given.has("--maximize") && given.has("--minimize")) {
      throw Failure.usage("`--maximize` and `--minimize` cannot both hold").thrown();
    }
    if (given.has("--maximize") || given.has("--minimize")) {
      settings.put("goal", given.has("--maximize") ? "maximize" : "minimize");
    }
    var search = new LinkedHashMap<String, Object>();
    search.put("space", given.values("--param"));
    search.put("settings", settings);
    search.put("ofMethod", Submission.pairs("--setting", given.values("--setting")));
    return search;
  }

  private static void preview(Json answer, String format, Session session) {
    switch (format) {
      case "json" -> session.printJson(answer);
      case "yaml" ->
          session.out().print(SafeText.lines(answer.text("yaml").stripTrailing())).print("\n");
      default -> words(answer, session);
    }
  }

  /** Prints what would be searched. */
  static void words(Json answer, Session session) {
    for (var line : answer.texts("words")) {
      session.out().println(SafeText.lines(line));
    }
    for (var part : answer.list("preview")) {
      session.out().println("  " + ExperimentWords.preview(part));
    }
  }
}
