package ferry.store;

import static ferry.store.Samples.NOON;
import static ferry.store.Samples.plan;
import static ferry.store.Samples.submitted;
import static ferry.store.Samples.wholeRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.run.RunId;
import ferry.tracking.Batch;
import ferry.tracking.Metric;
import ferry.tracking.TrackedId;
import ferry.tracking.TrackedRuns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one store dumps, that of either database restores. */
abstract class DumpContract extends StoreContract {
  private static final RunId RUN = new RunId("hello-bbbbb");
  private static final TrackedId ID = TrackedId.of(RUN);

  @BeforeEach
  void fill() {
    fill(store());
  }

  private static void fill(Store store) {
    store.journal().append(wholeRun(plan("hello-bbbbb", NOON)));
    store.tracked().refresh(List.of(new TrackedRuns.Outdated(RUN, List.of(0, 1))));
    store
        .tracking()
        .log(
            ID,
            new Batch(
                List.of(new Metric("loss", 0.5, 1, NOON), new Metric("loss", Double.NaN, 2, NOON)),
                Map.of("lr", "0.1 é"),
                Map.of("ferry.starred", "true")));
  }

  static byte[] dump(Store store) throws IOException {
    var out = new ByteArrayOutputStream();
    store.dump(out);
    return out.toByteArray();
  }

  private static void checkFilled(Store store) {
    assertThat(store.runs().summary(RUN).orElseThrow().starred()).isTrue();
    assertThat(store.journal().events(RUN)).hasSize(7);
    var tracked = store.tracked().find(ID).orElseThrow();
    assertThat(tracked.params()).containsEntry("lr", "0.1 é");
    assertThat(store.metrics().history(ID, "loss").size()).isEqualTo(2);
    assertThat(store.groups().all()).hasSize(2);
    store.journal().append(wholeRun(plan("hello-ccccc", NOON)));
  }

  private SqliteHome file() {
    return new SqliteHome(directory().resolve("file"));
  }

  @Test
  void aDumpIsRestoredIntoAFile() throws IOException {
    try (var other = file()) {
      other.restore(dump(store()));

      checkFilled(other.store());
    }
  }

  @Test
  void aDumpIsRestoredIntoPostgresqlAndIsTheSameFromThere() throws IOException {
    var dump = dump(store());

    try (var other = new PostgresHome(directory().resolve("postgres"))) {
      other.restore(dump);

      assertThat(dump(other.store())).hasSameSizeAs(dump);
      checkFilled(other.store());
    }
  }

  @Test
  void aDumpHasAllThatWasThereWhenItBeganAndNothingTorn() throws Exception {
    var dump = Contest.of(2, number -> number == 0 ? dump(store()) : appended(store())).getFirst();

    try (var other = file()) {
      other.restore(dump);

      checkFilled(other.store());
      assertThat(other.store().journal().unfinished())
          .allSatisfy(run -> assertThat(other.store().journal().events(run)).hasSize(1));
    }
  }

  private static byte[] appended(Store store) {
    for (int i = 0; i < 100; i++) {
      store.journal().append(List.of(submitted(plan("more-" + i, NOON.plusMillis(i)))));
    }
    return new byte[0];
  }

  @Test
  void aDumpIsRefusedWhereThereAreRuns() throws IOException {
    var dump = dump(store());

    assertThatThrownBy(() -> home().restore(dump))
        .hasMessageContaining("is not empty: it has runs");
    checkFilled(store());
  }

  @Test
  void aDamagedDumpLeavesNothing() throws IOException {
    var dump = dump(store());
    var half = Arrays.copyOf(dump, dump.length / 2);

    try (var other = open(directory().resolve("other"))) {
      assertThatThrownBy(() -> other.restore(half)).hasMessageContaining("its end is missing");
      other.restore(dump);

      checkFilled(other.store());
    }
  }
}
