package ferry.search;

import ferry.search.space.Json;
import ferry.search.space.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A searcher's whole state, and the text that writes it. */
record Snapshot(
    String random,
    int given,
    boolean begun,
    String closing,
    boolean finished,
    List<Trial> trials,
    Map<String, Object> sampler,
    Map<String, Object> pacer) {

  String text() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("random", random);
    tree.put("given", given);
    tree.put("begun", begun);
    tree.put("closing", closing);
    tree.put("finished", finished);
    tree.put("sampler", sampler);
    tree.put("pacer", pacer);
    tree.put("trials", trials.stream().map(Snapshot::write).toList());
    return Json.write(tree);
  }

  /**
   * @throws IllegalArgumentException for text that is no snapshot
   */
  static Snapshot read(String text) {
    var tree = map(Json.read(text));
    var trials = new ArrayList<Trial>();
    for (var row : list(tree.get("trials"))) {
      trials.add(trial(trials.size() + 1, list(row)));
    }
    return new Snapshot(
        String.valueOf(tree.get("random")),
        (int) whole(tree.get("given")),
        Boolean.TRUE.equals(tree.get("begun")),
        String.valueOf(tree.get("closing")),
        Boolean.TRUE.equals(tree.get("finished")),
        trials,
        map(tree.get("sampler")),
        map(tree.get("pacer")));
  }

  private static List<Object> write(Trial trial) {
    return List.of(
        trial.state().name(),
        trial.point().flat(),
        trial.seed(),
        trial.target().orElse(-1),
        (long) trial.parent().orElse(0),
        trial.reports(),
        trial.length(),
        trial.last(),
        trial.best());
  }

  private static Trial trial(int number, List<Object> row) {
    long target = whole(row.get(3));
    int parent = (int) whole(row.get(4));
    return new Trial(
        number,
        Point.ofFlat(map(row.get(1))),
        whole(row.get(2)),
        Trial.State.valueOf(String.valueOf(row.get(0))),
        target < 0 ? OptionalLong.empty() : OptionalLong.of(target),
        parent == 0 ? OptionalInt.empty() : OptionalInt.of(parent),
        whole(row.get(5)),
        real(row.get(6)),
        real(row.get(7)),
        real(row.get(8)));
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(@Nullable Object tree) {
    if (tree instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException("a snapshot lacks a map");
  }

  @SuppressWarnings("unchecked")
  static List<Object> list(@Nullable Object tree) {
    if (tree instanceof List<?> list) {
      return (List<Object>) list;
    }
    throw new IllegalArgumentException("a snapshot lacks a list");
  }

  static long whole(@Nullable Object tree) {
    if (tree instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException("a snapshot lacks a whole number");
  }

  static double real(@Nullable Object tree) {
    return switch (tree) {
      case Double number -> number;
      case Long number -> number;
      case String text -> Double.parseDouble(text);
      case null, default -> throw new IllegalArgumentException("a snapshot lacks a number");
    };
  }
}
