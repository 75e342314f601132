package ferry.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rounds of boosting, as XGBoost, LightGBM and CatBoost print them, columns between tabs. */
final class BoostingLines implements LineForm {

  /** Whose rounds they are. */
  enum Kind {
    /** {@code [10] train-rmse:0.1}. */
    XGBOOST("XGBoost", "\\[(\\d{1,15}+)]\\t(.*)", "([^\\t:']{1,100}+):"),
    /** {@code [10] valid_0's binary_logloss: 0.3 + 0.01}. */
    LIGHTGBM("LightGBM", "\\[(\\d{1,15}+)]\\t(.*)", "([^\\t:']{1,60}+'s [^\\t:]{1,60}+): "),
    /** {@code 10: learn: 0.3 test: 0.4 best: 0.4 (9) total: 5ms remaining: 40ms}. */
    CATBOOST("CatBoost", "(\\d{1,15}+):\\t(.*)", "(learn|test\\d*+|best): ");

    private final String title;
    private final Pattern round;
    private final Pattern column;

    Kind(String title, String round, String column) {
      this.title = title;
      this.round = Pattern.compile(round);
      this.column = Pattern.compile(column + "(" + NumberText.NUMBER + ")(?:[ +].*)?+");
    }
  }

  private final Kind kind;

  BoostingLines(Kind kind) {
    this.kind = kind;
  }

  @Override
  public String name() {
    return kind.title;
  }

  @Override
  public Optional<List<Sighting>> read(String line) {
    if (kind == Kind.LIGHTGBM && line.startsWith("[LightGBM] [")) {
      return Optional.of(List.of()); // it tells of its data
    }
    if (line.indexOf('\t') < 0) {
      return Optional.empty();
    }
    var round = kind.round.matcher(line);
    if (!round.matches()) {
      return Optional.empty();
    }
    long step = Long.parseLong(round.group(1));
    var found = new ArrayList<Sighting>();
    for (var text : round.group(2).split("\t")) {
      var column = kind.column.matcher(text);
      if (column.matches()) {
        var key = column.group(1).replace("'s ", " ");
        found.add(Sighting.at(step, key, NumberText.value(column.group(2))));
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }
}
