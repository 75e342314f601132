package ferry.store;

import static ferry.store.Samples.NOON;
import static ferry.store.Samples.launching;
import static ferry.store.Samples.next;
import static ferry.store.Samples.plan;
import static ferry.store.Samples.started;
import static ferry.store.Samples.submitted;
import static ferry.store.Samples.succeeded;
import static ferry.store.Samples.wholeRun;

import ferry.engine.Journal.Entry;
import ferry.run.RunId;
import ferry.run.RunStatus;
import ferry.tracking.RunCatalog.Query;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the store costs, printed as medians: run it by hand with a directory to work in. */
final class StoreBenchmark {
  private static final int RUNS = 100_000;

  private final SqliteStore store;

  private StoreBenchmark(SqliteStore store) {
    this.store = store;
  }

  /** With a second argument, only opens the home and says how long that took. */
  public static void main(String[] args) throws Exception {
    var home = Path.of(args[0]);
    long start = System.nanoTime();
    try (var store = SqliteStore.open(home)) {
      System.out.printf("open %.1f ms%n", millisSince(start));
      if (args.length == 1) {
        var benchmark = new StoreBenchmark(store);
        benchmark.appends(1_000);
        benchmark.lists();
      }
    }
    if (args.length == 1) {
      try (var files = Files.walk(home)) {
        files.sorted(Comparator.reverseOrder()).forEach(StoreBenchmark::delete);
      }
    }
  }

  private static void delete(Path file) {
    if (!file.toFile().delete()) {
      throw new IllegalStateException("cannot delete " + file);
    }
  }

  /** A run of so many steps, each with one turn for its start and one for its end. */
  private void appends(int steps) {
    var entries = new ArrayList<Entry>();
    var first = submitted(plan("steps-" + steps, NOON, Many.steps(steps)));
    var last = first;
    for (int i = 0; i < steps; i++) {
      var step = "s" + i;
      last = next(last, launching(step, 1));
      entries.add(last);
      last = next(last, started(step, 1), succeeded(step, 1));
      entries.add(last);
    }
    long submitting = System.nanoTime();
    store.journal().append(List.of(first));
    System.out.printf("submit %,d steps: %.1f ms%n", steps, millisSince(submitting));
    var times = new double[entries.size()];
    long all = System.nanoTime();
    for (int i = 0; i < times.length; i++) {
      long one = System.nanoTime();
      store.journal().append(List.of(entries.get(i)));
      times[i] = millisSince(one);
    }
    System.out.printf(
        "%,d appends, one commit each: %.0f ms in all, median %.3f ms, p99 %.3f ms%n",
        times.length, millisSince(all), median(times), times[times.length * 99 / 100]);
    var grouped = submitted(plan("grouped-" + steps, NOON, Many.steps(steps)));
    store.journal().append(List.of(grouped));
    long together = processorTime();
    store.journal().append(renamed(entries, grouped));
    System.out.printf(
        "the same in one commit: %.0f µs of processor time for each append%n",
        (processorTime() - together) / 1e3 / entries.size());
    for (int i = 0; i < 3; i++) {
      time("events", () -> store.journal().events(first.plan().id()));
      time("show", () -> store.runs().find(first.plan().id()));
    }
  }

  private static List<Entry> renamed(List<Entry> entries, Entry other) {
    return entries.stream()
        .map(
            entry -> new Entry(other.plan(), false, entry.events(), entry.after(), entry.changed()))
        .toList();
  }

  private void lists() {
    long generating = System.nanoTime();
    for (int i = 0; i < RUNS; i += 500) {
      var entries = new ArrayList<Entry>();
      for (int run = i; run < i + 500; run++) {
        entries.addAll(wholeRun(plan("hello-" + run, NOON.plusMillis(run))));
      }
      store.journal().append(entries);
    }
    System.out.printf("%,d runs made in %.1f s%n", RUNS, millisSince(generating) / 1000);
    store.journal().append(List.of(submitted(plan("waiting-1", NOON.plusMillis(7)))));
    var middle = new RunId("hello-" + RUNS / 2);
    time("list 1,000 newest", query(Set.of(), Optional.empty(), Optional.empty(), 1000));
    time("list 50 newest", query(Set.of(), Optional.empty(), Optional.empty(), 50));
    time("list 50 after a cursor", query(Set.of(), Optional.empty(), Optional.of(middle), 50));
    time(
        "list 50 waiting",
        query(Set.of(RunStatus.WAITING), Optional.empty(), Optional.empty(), 50));
    time(
        "list 50 succeeded or failed of a workflow after a cursor",
        query(
            Set.of(RunStatus.SUCCEEDED, RunStatus.FAILED),
            Optional.of("hello"),
            Optional.of(middle),
            50));
    time("show", () -> store.runs().find(middle));
    time("latest", () -> store.runs().latest());
    time("starting with", () -> store.runs().startingWith("hello-77"));
    time("unfinished", () -> store.journal().unfinished());
  }

  private Runnable query(
      Set<RunStatus> statuses, Optional<String> workflow, Optional<RunId> after, int limit) {
    return () -> store.runs().list(new Query(statuses, workflow, after, limit));
  }

  private static void time(String what, Runnable work) {
    var times = new double[21];
    var processor = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      long start = System.nanoTime();
      long busy = processorTime();
      work.run();
      times[i] = millisSince(start);
      processor[i] = (processorTime() - busy) / 1e6;
    }
    double first = times[0];
    System.out.printf(
        "%s: first %.2f ms, median %.2f ms, of it processor %.2f ms%n",
        what, first, median(times), median(processor));
  }

  private static double median(double[] times) {
    Arrays.sort(times);
    return times[times.length / 2];
  }

  /** Of this thread: others on the machine do not change it. */
  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }
}
