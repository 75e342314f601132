package ferry.store;

import static ferry.store.Samples.NOON;
import static ferry.store.Samples.launching;
import static ferry.store.Samples.next;
import static ferry.store.Samples.plan;
import static ferry.store.Samples.started;
import static ferry.store.Samples.submitted;
import static ferry.store.Samples.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.RunId;
import ferry.tracking.ResultCache.Result;
import ferry.tracking.RunRecord;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What readers and writers of a store may do side by side. */
abstract class ConcurrencyContract extends StoreContract {
  private static final RunId RUN = new RunId("hello-bbbbb");

  @Test
  void readersSeeWholeTurnsWhileTheyAreWritten() throws Exception {
    var first = submitted(plan("hello-bbbbb", NOON, Many.steps(200)));
    store().journal().append(List.of(first));

    var all = Contest.of(9, number -> number == 0 ? written(store(), first) : read(store()));

    assertThat(all).doesNotContain("torn");
    assertThat(store().runs().find(RUN).orElseThrow().summary().done()).isEqualTo(200);
  }

  private static String written(Store store, ferry.engine.Journal.Entry first) {
    var last = first;
    for (int i = 0; i < 200; i++) {
      var step = "s" + i;
      last = next(last, launching(step, 1), started(step, 1), succeeded(step, 1));
      store.journal().append(List.of(last));
    }
    return "written";
  }

  private static String read(Store store) {
    return IntStream.range(0, 50)
            .mapToObj(_ -> store.runs().find(RUN).orElseThrow())
            .allMatch(ConcurrencyContract::isWhole)
        ? "whole"
        : "torn";
  }

  private static boolean isWhole(RunRecord run) {
    var succeeded = run.steps().stream().filter(step -> step.state().equals("succeeded")).toList();
    return succeeded.size() == run.summary().done()
        && succeeded.stream().allMatch(step -> step.attempts().size() == 1);
  }

  @Test
  void othersWriteBesideTheEngine() throws Exception {
    Contest.of(8, number -> remember(store(), number));

    assertThat(IntStream.range(0, 400))
        .allSatisfy(i -> assertThat(store().results().find("key" + i)).isPresent());
  }

  private static int remember(Store store, int number) {
    for (int i = number; i < 400; i += 8) {
      store.results().remember("key" + i, new Result(RUN, "a", NOON, Map.of("x", "" + i)));
    }
    return number;
  }

  @Test
  void aRunOfTenThousandStepsIsKeptAndReadBack() {
    var first = submitted(plan("hello-bbbbb", NOON, Many.steps(10_000)));
    store().journal().append(List.of(first));
    store().journal().append(List.of(next(first, launching("s9999", 1))));

    assertThat(store().journal().plan(RUN)).contains(first.plan());
    assertThat(store().runs().find(RUN).orElseThrow().steps())
        .hasSize(10_000)
        .last()
        .satisfies(step -> assertThat(step.state()).isEqualTo("running"));
  }
}
