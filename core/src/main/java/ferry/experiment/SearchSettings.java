package ferry.experiment;

import ferry.collect.LogMetrics;
import ferry.error.DefinitionError;
import ferry.error.RequestError;
import ferry.error.SearchError;
import ferry.error.UserError;
import ferry.error.UserException;
import ferry.search.Goal;
import ferry.search.Methods;
import ferry.search.SearchPlan;
import ferry.search.Strategy;
import ferry.search.space.Point;
import ferry.search.space.Space;
import ferry.workflow.DurationText;
import ferry.workflow.Names;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

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

  private Search search(Space space, Map<String, String> given, List<Point> first, long drawn) {
    var named = text("method").orElse("auto");
    int plus = named.indexOf('+');
    var method = plus < 0 ? named : named.substring(0, plus).strip();
    var ofMethod = plus < 0 ? given : sampledBy(given, named.substring(plus + 1).strip(), named);
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

  /** {@code asha+tpe} is asha with its setting {@code sampler=tpe}. */
  private static Map<String, String> sampledBy(
      Map<String, String> given, String sampler, String named) {
    var other = given.getOrDefault("sampler", sampler);
    if (!other.equals(sampler)) {
      throw bad("method", named, "the sampler of `--setting sampler=" + other + "`, or none");
    }
    return over(given, Map.of("sampler", sampler));
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
        text("metric_pattern").map(regex -> pattern(regex, metric)),
        text("metric_file"),
        text("metric_events"),
        text("metric_endpoint").map(SearchSettings::address));
  }

  /** One that can be read. */
  private static String pattern(String regex, String metric) {
    try {
      LogMetrics.of(regex, metric);
      return regex;
    } catch (UserException e) {
      var help = e.error().help();
      throw new SearchError.BadSetting(
              "metric_pattern", regex, "a regular expression; " + e.error().message(), help)
          .thrown();
    }
  }

  private static String address(String text) {
    try {
      var uri = new URI(text);
      boolean isPage = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (isPage && uri.getHost() != null) {
        return text;
      }
    } catch (URISyntaxException _) {
      // worded below, with what is no address of a page
    }
    throw bad("metric_endpoint", text, "an address like `http://127.0.0.1:8000/metrics`");
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
      case String other -> throw bad("goal", other, List.of("minimize", "maximize"));
    };
  }

  private Strategy strategy() {
    return switch (text("metric_value").orElse("best")) {
      case "best" -> Strategy.BEST;
      case "last" -> Strategy.LAST;
      case String other -> throw bad("metric_value", other, List.of("best", "last"));
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

  private static RuntimeException bad(String name, String found, List<String> words) {
    var near = Names.nearest(found, words).map(word -> "did you mean `" + word + "`?");
    return new SearchError.BadSetting(
            name, found, String.join(" or ", words), near.stream().toList())
        .thrown();
  }

  /** The setting or parameter that an error is about, where it is about one. */
  public static Optional<String> culprit(UserError error) {
    if (error instanceof SearchError ofSearch) {
      return ofSearch.field();
    }
    return error instanceof DefinitionError.BadValue bad ? bad.field() : Optional.empty();
  }

  /** The error in the words of the command line, for a setting that was given there. */
  public static UserException asTyped(UserException e, Set<String> settings, Set<String> ofMethod) {
    var name = culprit(e.error()).orElse("");
    var option =
        settings.contains(name)
            ? "--" + name.replace('_', '-')
            : ofMethod.contains(name) ? "--setting " + name : name;
    if (e.error() instanceof SearchError.BadSetting bad) {
      return new UserException(
          new SearchError.BadSetting(option, bad.found(), bad.expected(), bad.help()));
    }
    if (e.error() instanceof DefinitionError.BadValue bad && bad.field().isPresent()) {
      return new UserException(
          new DefinitionError.BadValue(
              bad.step(), Optional.of(option), bad.found(), bad.expected(), bad.help()));
    }
    return e;
  }

  /** The settings of the first, and those of the second in their place or beside them. */
  public static Map<String, String> over(Map<String, String> first, Map<String, String> second) {
    var all = new LinkedHashMap<>(first);
    all.putAll(second);
    return all;
  }
}
