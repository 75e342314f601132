package ferry.collect;

import ferry.collect.LogMetrics.Found;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Where a run tells metrics beside its logs: a file, TensorBoard's event files, a page, calls of
 * MLflow's API. Each of its parts is read from the beginning, in the same order whenever it is
 * read.
 */
public interface Beside {
  Beside NOTHING = told -> {};

  /**
   * Reads on.
   *
   * @param told takes what is new in a part, by the part's name
   */
  void read(BiConsumer<String, List<Found>> told);

  /** The names of what was read where a user said that the metric is, for one who finds none. */
  default List<String> names() {
    return List.of();
  }

  /** One after the other. */
  static Beside of(List<Beside> all) {
    var each = List.copyOf(all);
    return new Beside() {
      @Override
      public void read(BiConsumer<String, List<Found>> told) {
        each.forEach(one -> one.read(told));
      }

      @Override
      public List<String> names() {
        return each.stream().flatMap(one -> one.names().stream()).toList();
      }
    };
  }
}
