package ferry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.run.RunId;
import ferry.tracking.Batch;
import ferry.tracking.Metric;
import ferry.tracking.NewRun;
import ferry.tracking.RunGroup;
import ferry.tracking.TrackedId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is true of writes that share a transaction. */
abstract class GroupedWritesContract extends StoreContract {
  private static final TrackedId RUN = new TrackedId("run");

  @BeforeEach
  void createRun() {
    store()
        .tracked()
        .create(
            new NewRun(
                RUN,
                RunGroup.DEFAULT,
                "run",
                "ada",
                Instant.EPOCH,
                Optional.<TrackedId>empty(),
                Optional.<RunId>empty(),
                Map.of()));
    store().tracking().log(RUN, Batch.ofParams(Map.of("p", "1")));
  }

  @Test
  void whatManyThreadsWriteAtOnceIsAllThere() throws Exception {
    var done = new ArrayList<Future<?>>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 400; i++) {
        var point = new Metric("m", i, i, Instant.ofEpochMilli(i));
        done.add(
            threads.submit(() -> store().tracking().log(RUN, Batch.ofMetrics(List.of(point)))));
      }
    }
    for (var one : done) {
      one.get();
    }

    assertThat(store().metrics().history(RUN, "m").size()).isEqualTo(400);
  }

  @Test
  void aRefusedWriteFailsAlone() throws Exception {
    var good = new ArrayList<Future<?>>();
    var refused = new ArrayList<Future<?>>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 100; i++) {
        var point = new Metric("m", i, i, Instant.ofEpochMilli(i));
        var batch = new Batch(List.of(point), Map.of("q" + i, "x", "p", "2"), Map.of());
        good.add(
            threads.submit(() -> store().tracking().log(RUN, Batch.ofMetrics(List.of(point)))));
        refused.add(threads.submit(() -> store().tracking().log(RUN, batch)));
      }
    }
    for (var one : good) {
      one.get();
    }

    assertThat(refused).allSatisfy(one -> assertThatThrownBy(one::get).hasMessageContaining("`p`"));
    assertThat(store().tracked().find(RUN).orElseThrow().params()).isEqualTo(Map.of("p", "1"));
    assertThat(store().metrics().history(RUN, "m").size()).isEqualTo(100);
  }
}
