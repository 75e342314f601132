package ferry.experiment;

import ferry.error.RequestError;
import ferry.error.SearchError;
import ferry.search.Goal;
import ferry.search.Methods;
import ferry.search.SearchPlan;
import ferry.search.Strategy;
import ferry.search.space.Point;
import ferry.search.space.Space;
import ferry.workflow.DurationText;
import ferry.workflow.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The settings of a search as people write them, on the command line and in files: names and texts.
 */
public final class SearchSettings {
  /** Every name that there is, in the order of the manual. */
  public static final List<String> NAMES =
      List.of(
          "metric",
          "goal",
          "method",
          "trials",
          "parallel",
          "seed",
          "length",
          "length_metric",
          "target",
          "failures",
          "time",
          "units",
          "metric_value",
          "metric_pattern",
          "metric_file",
          "metric_events",
          "metric_endpoint",
          "warm_start");

  private static final int MOST_TRIALS = 1_000_000;
  private static final int USUAL_TRIALS = 64;
  private static final int USUAL_PARALLEL = 4;

  private final Map<String, String> texts;

  private SearchSettings(Map<String, String> texts) {
    this.texts = texts;
  }

  /**
   * Reads the settings of a search.
   *
   * @param texts by name
   * @param ofMethod the method's own settings
   * @param first known good points, tried first
   * @param drawn the seed where none is given
   * @throws ferry.error.UserException for a name or a value that cannot be
   */
  public static Search read(
      Space space,
      Map<String, String> texts,
      Map<String, String> ofMethod,
      List<Point> first,
      long drawn) {
    texts.keySet().forEach(SearchSettings::check);
    return new SearchSettings(texts).search(space, ofMethod, first, drawn);
  }

  private static void check(String name) {
    if (!NAMES.contains(name)) {
      var near = Names.nearest(name, NAMES).map(word -> "did you mean `" + word + "`?");
      throw new RequestError.BadRequest(
              "a search has no setting `" + name + "`", near.map(List::of).orElse(List.of()))
          .thrown();
    }
  }

  private Search search(Space space, Map<String, String> ofMethod, List<Point> first, long drawn) {
    var method = text("method").orElse("auto");
    if (!Methods.names().contains(method)) {
      throw new SearchError.UnknownMethod(
              method, Names.nearest(method, Methods.names()), Methods.names())
          .thrown();
    }
    int usual = method.equals("grid") ? MOST_TRIALS : USUAL_TRIALS;
    var plan =
        new SearchPlan(
            space,
            goal(),
            method,
            ofMethod,
            (int) number("trials", 1, MOST_TRIALS).orElse(usual),
            (int) number("parallel", 1, 10_000).orElse(USUAL_PARALLEL),
            number("length", 1, Long.MAX_VALUE),
            number("seed", 0, Long.MAX_VALUE).orElse(drawn),
            real("target"),
            failures(),
            first,
            List.of(),
            strategy());
    var budget =
        new Budget(
            text("time").map(time -> DurationText.parse("time", time)),
            number("units", 1, Long.MAX_VALUE));
    return new Search(plan, objective(), budget, text("warm_start"));
  }

  private Objective objective() {
    var metric =
        text("metric")
            .orElseThrow(() ->
                new RequestError.BadRequest(
                        "a search needs a metric, and none is named",
                        List.of(
                            "name one that the script prints: `--metric accuracy --maximize`",
                            "in a file: `metric: accuracy` and `goal: maximize`"))
                    .thrown());
    return new Objective(
        metric,
        text("length_metric"),
        text("metric_pattern"),
        text("metric_file"),
        text("metric_events"),
        text("metric_endpoint"));
  }

  private Goal goal() {
    return switch (text("goal").orElse("")) {
      case "maximize", "max" -> Goal.MAXIMIZE;
      case "minimize", "min" -> Goal.MINIMIZE;
      case "" ->
          throw new RequestError.BadRequest(
                  "it is not said whether the metric is to be small or large",
                  List.of("`--minimize` or `--maximize`; in a file `goal: minimize` or `maximize`"))
              .thrown();
      case String other -> throw bad("goal", other, "minimize or maximize");
    };
  }

  private Strategy strategy() {
    return switch (text("metric_value").orElse("best")) {
      case "best" -> Strategy.BEST;
      case "last" -> Strategy.LAST;
      case String other -> throw bad("metric_value", other, "best or last");
    };
  }

  private OptionalInt failures() {
    var most = number("failures", 0, MOST_TRIALS);
    return most.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) most.getAsLong());
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name)).map(String::strip).filter(text -> !text.isEmpty());
  }

  private OptionalLong number(String name, long least, long most) {
    var text = text(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      long number = Long.parseLong(text.get());
      if (number >= least && number <= most) {
        return OptionalLong.of(number);
      }
    } catch (NumberFormatException _) {
      // worded below, with the numbers that are out of bounds
    }
    var range =
        most == Long.MAX_VALUE ? ", " + least + " or more" : " from " + least + " to " + most;
    throw bad(name, text.get(), "a whole number" + range);
  }

  private OptionalDouble real(String name) {
    var text = text(name);
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    try {
      double number = Double.parseDouble(text.get());
      if (Double.isFinite(number)) {
        return OptionalDouble.of(number);
      }
    } catch (NumberFormatException _) {
      // worded below, with the numbers that are not finite
    }
    throw bad(name, text.get(), "a number");
  }

  private static RuntimeException bad(String name, String found, String expected) {
    return new SearchError.BadSetting(name, found, expected, List.of()).thrown();
  }

  /** The settings of the first, and those of the second in their place or beside them. */
  public static Map<String, String> over(Map<String, String> first, Map<String, String> second) {
    var all = new LinkedHashMap<>(first);
    all.putAll(second);
    return all;
  }
}
