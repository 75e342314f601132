package ferry.search;

import ferry.error.SearchError;
import ferry.workflow.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.DoublePredicate;

/** A method's settings as text, each checked when it is read. */
final class Settings {
  private final String method;
  private final Map<String, String> values;

  /**
   * @throws ferry.error.UserException for a setting that is not among the known ones
   */
  Settings(SearchPlan plan, String method, List<String> known) {
    this.method = method;
    values = plan.settings();
    for (var name : values.keySet()) {
      if (!known.contains(name)) {
        throw new SearchError.UnknownSetting(method, name, Names.nearest(name, known), known)
            .thrown();
      }
    }
  }

  OptionalInt whole(String name, int least) {
    var text = values.get(name);
    if (text == null) {
      return OptionalInt.empty();
    }
    boolean good = text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= least;
    if (!good) {
      throw bad(name, "a whole number of at least " + least);
    }
    return OptionalInt.of(Integer.parseInt(text));
  }

  /** As {@link #whole(String, int)}, and not above a bound. */
  OptionalInt whole(String name, int least, int most) {
    var number = whole(name, least);
    if (number.isPresent() && number.getAsInt() > most) {
      throw bad(name, "a whole number from %,d to %,d".formatted(least, most));
    }
    return number;
  }

  double real(String name, double otherwise, String expected, DoublePredicate good) {
    var text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number) && good.test(number)) {
        return number;
      }
    } catch (NumberFormatException _) {
      throw bad(name, expected);
    }
    throw bad(name, expected);
  }

  boolean flag(String name, boolean otherwise) {
    return word(name, Boolean.toString(otherwise), List.of("true", "false")).equals("true");
  }

  String word(String name, String otherwise, List<String> words) {
    var text = values.getOrDefault(name, otherwise);
    if (!words.contains(text)) {
      throw bad(name, "one of " + String.join(", ", words));
    }
    return text;
  }

  /**
   * Whole numbers, each at least 1, with commas between them; brackets around them may be there.
   */
  List<Integer> list(String name) {
    var text = values.getOrDefault(name, "").replace("[", "").replace("]", "").strip();
    var numbers = new ArrayList<Integer>();
    for (var word : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      if (!word.strip().matches("[1-9][0-9]{0,3}")) {
        throw bad(name, "numbers of rungs like `4, 3, 2`");
      }
      numbers.add(Integer.parseInt(word.strip()));
    }
    return numbers;
  }

  String method() {
    return method;
  }

  private RuntimeException bad(String name, String expected) {
    return new SearchError.BadSetting(name, values.getOrDefault(name, ""), expected, List.of())
        .thrown();
  }
}
