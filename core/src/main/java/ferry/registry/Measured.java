package ferry.registry;

import ferry.workflow.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a rule can ask for when a version is to get an alias: what was measured for that version,
 * and for those that have aliases now.
 *
 * @param alias the one that is to be given
 * @param own the metrics of the version
 * @param byAlias the metrics of the versions that have aliases
 */
public record Measured(
    String alias, Map<String, Double> own, Map<String, Map<String, Double>> byAlias) {
  private static final int MOST_NAMES = 8;

  /** What a name in a rule stands for. */
  sealed interface Side {
    /** A number, written or measured. */
    record Known(double value) implements Side {}

    /** A metric of the version that has the alias that is to be given, where none has it yet. */
    record NobodyYet() implements Side {}

    /**
     * Nothing that was measured.
     *
     * @param help what can be asked for instead
     */
    record Unmeasured(String name, String help) implements Side {}
  }

  public Measured {
    own = Map.copyOf(own);
    byAlias = Map.copyOf(byAlias);
  }

  Side side(String word) {
    if (word.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
      return new Side.Known(Double.parseDouble(word));
    }
    var value = own.get(word);
    int dot = word.indexOf('.');
    if (value == null && dot > 0) {
      value = byAlias.getOrDefault(word.substring(0, dot), Map.of()).get(word.substring(dot + 1));
    }
    if (value != null) {
      return new Side.Known(value);
    }
    boolean isFirst = !byAlias.containsKey(alias) && word.startsWith(alias + ".");
    return isFirst ? new Side.NobodyYet() : new Side.Unmeasured(word, help(word));
  }

  private String help(String word) {
    var names = new TreeSet<>(own.keySet());
    own.keySet().forEach(name -> names.add(alias + "." + name));
    byAlias.forEach(
        (other, metrics) -> metrics.keySet().forEach(name -> names.add(other + "." + name)));
    return Names.nearest(word, names)
        .map(near -> "did you mean `" + near + "`?")
        .orElseGet(this::measured);
  }

  private String measured() {
    if (own.isEmpty()) {
      return "nothing was measured for this version: log a metric to its run before the model is"
          + " registered, `ferry.log(accuracy=0.97)`";
    }
    List<String> names = new ArrayList<>(new TreeSet<>(own.keySet()));
    var shown = names.subList(0, Math.min(MOST_NAMES, names.size()));
    return "measured for this version: "
        + String.join(", ", shown)
        + (names.size() > MOST_NAMES ? ", …" : "");
  }
}
