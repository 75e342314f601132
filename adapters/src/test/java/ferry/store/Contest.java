package ferry.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;

/** The same done by many threads at the same moment. */
final class Contest {

  interface Part<T> {
    T play(int number) throws Exception;
  }

  private Contest() {}

  static <T> List<T> of(int players, Part<T> part) throws Exception {
    var start = new CyclicBarrier(players);
    var parts = new ArrayList<Callable<T>>();
    for (int i = 0; i < players; i++) {
      int number = i;
      parts.add(() -> {
        start.await();
        return part.play(number);
      });
    }
    var results = new ArrayList<T>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var future : threads.invokeAll(parts)) {
        results.add(future.get());
      }
    }
    return results;
  }
}
