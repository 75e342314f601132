package ferry.format;

import ferry.workflow.Names;
import java.util.List;

/** Katib's {@code earlyStopping}: its one algorithm, refused in its own words. */
final class KatibEarlyStopping {
  private static final String MEDIANSTOP = "medianstop";
  private static final String TRIALS = "min_trials_required";
  private static final String START = "start_step";

  /** Methods that end weak trials by rules of their own. */
  private static final List<String> STOPPING = List.of("hyperband", "pbt");

  private final Foreign early;
  private final ForeignSearch search;

  KatibEarlyStopping(Foreign early, ForeignSearch search) {
    this.early = early;
    this.search = search;
  }

  /** Reads it into the search, beside a method that is searched by. */
  void read(String method) {
    check(method);
    early.inners("algorithmSettings").forEach(this::setting);
    early.rest();
    if (method.equals("grid")) {
      early.warn(
          "algorithmName",
          "`medianstop` stops trials of points that chance draws here, not of a grid; without"
              + " `earlyStopping` every point of the grid is tried in full");
    }
    search.set("method", "median", early, "algorithmName");
    search.setOfMethod(
        "sampler", method.equals("grid") ? "random" : method, early, "algorithmName");
  }

  private void check(String method) {
    var word = early.neededText("algorithmName", "`medianstop`");
    if (!word.equals(MEDIANSTOP)) {
      var near = Names.nearest(word, List.of(MEDIANSTOP));
      throw early.refused(
          "algorithmName",
          "`" + word + "`",
          "unknown algorithm name " + word,
          near.map(one -> "did you mean `" + one + "`?").orElse("there is `medianstop` alone"));
    }
    if (STOPPING.contains(method)) {
      throw early.bad(
          "algorithmName",
          "`medianstop` beside the algorithm `" + method + "`",
          "no `earlyStopping` there: `" + method + "` ends weak trials itself");
    }
  }

  private void setting(Foreign setting) {
    var known = List.of(TRIALS, START);
    var key = setting.neededText("name", "one of " + String.join(", ", known));
    if (!known.contains(key)) {
      var near = Names.nearest(key, known).map(one -> "did you mean `" + one + "`?");
      throw setting.refused(
          "name",
          "`" + key + "`",
          "unknown setting " + key + " for algorithm medianstop",
          near.orElse("there are min_trials_required and start_step"));
    }
    var value = setting.neededText("value", "the value of `" + key + "`, as a text");
    if (value.strip().matches("-[0-9]+|[+]?0+")) {
      var rule =
          key.equals(TRIALS)
              ? "min_trials_required must be greater than zero (>0)"
              : "start_step must be greater or equal than one (>=1)";
      throw setting.refused("value", "`" + value + "`", rule);
    }
    search.setOfMethod(key, value, setting, "value");
    setting.rest();
  }
}
