package ferry.run;

import ferry.workflow.Foreach;
import ferry.workflow.Foreach.Items;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The step runs that {@code foreach} makes of a step. */
final class Repetition {
  private static final int LONGEST_SHOWN = 60;

  private Repetition() {}

  /** Every combination of values that are all known; the last variable changes fastest. */
  static List<LinkedHashMap<String, String>> combinations(Foreach foreach) {
    var values = new LinkedHashMap<String, List<String>>();
    foreach
        .variables()
        .forEach((variable, items) -> values.put(variable, ((Items.Listed) items).values()));
    return combinations(values);
  }

  static List<LinkedHashMap<String, String>> combinations(Map<String, List<String>> values) {
    List<LinkedHashMap<String, String>> all = List.of(new LinkedHashMap<>());
    for (var variable : values.entrySet()) {
      var longer = new ArrayList<LinkedHashMap<String, String>>();
      for (var start : all) {
        for (var value : variable.getValue()) {
          var combination = new LinkedHashMap<>(start);
          combination.put(variable.getKey(), value);
          longer.add(combination);
        }
      }
      all = longer;
    }
    return all;
  }

  /**
   * {@code train[relu,0.1]}; a value that is long or has control characters is cut and told apart
   * by its hash.
   */
  static String name(String step, Map<String, String> each) {
    if (each.isEmpty()) {
      return step;
    }
    return each.values().stream()
        .map(Repetition::shown)
        .collect(Collectors.joining(",", step + "[", "]"));
  }

  private static String shown(String value) {
    boolean plain =
        value.length() <= LONGEST_SHOWN && value.chars().noneMatch(Character::isISOControl);
    if (plain) {
      return value;
    }
    var start =
        value
            .substring(0, Math.min(value.length(), LONGEST_SHOWN - 9))
            .replaceAll("\\p{Cntrl}", " ");
    return start + "~" + String.format("%08x", value.hashCode());
  }
}
