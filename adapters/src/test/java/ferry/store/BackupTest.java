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
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one database dumps, either restores. */
class BackupTest {
  private static final RunId RUN = new RunId("hello-bbbbb");
  private static final TrackedId ID = TrackedId.of(RUN);

  @TempDir private Path home;
  @TempDir private Path other;

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

  private static byte[] dump(Store store) throws IOException {
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

  @Test
  void aFileIsRestoredFromAFile() throws IOException {
    byte[] dump;
    try (var store = SqliteStore.open(home)) {
      fill(store);
      dump = dump(store);
    }

    SqliteStore.restore(other, new ByteArrayInputStream(dump));

    try (var restored = SqliteStore.open(other)) {
      checkFilled(restored);
    }
  }

  @Test
  void aPostgresDatabaseIsRestoredFromAFileAndAFileFromIt() throws IOException {
    byte[] dump;
    try (var store = SqliteStore.open(home)) {
      fill(store);
      dump = dump(store);
    }
    var address = TestPostgres.fresh();
    byte[] back;

    try (var lock = ActiveLock.take(address, _ -> {}, () -> {})) {
      PostgresStore.restore(address, lock, new ByteArrayInputStream(dump));
      try (var restored = PostgresStore.open(home, address, lock, () -> {})) {
        back = dump(restored);
        checkFilled(restored);
      }
    }
    assertThat(back.length).isEqualTo(dump.length);
    SqliteStore.restore(other, new ByteArrayInputStream(back));
    try (var again = SqliteStore.open(other)) {
      checkFilled(again);
    }
  }

  @Test
  void aDumpHasAllThatWasThereWhenItBeganAndNothingTorn() throws Exception {
    try (var store = SqliteStore.open(home)) {
      fill(store);
      var dumps = Contest.of(2, number -> number == 0 ? dump(store) : appended(store)).getFirst();

      SqliteStore.restore(other, new ByteArrayInputStream(dumps));
    }
    try (var restored = SqliteStore.open(other)) {
      checkFilled(restored);
      assertThat(restored.journal().unfinished())
          .allSatisfy(run -> assertThat(restored.journal().events(run)).hasSize(1));
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
    byte[] dump;
    try (var store = SqliteStore.open(home)) {
      fill(store);
      dump = dump(store);
    }

    assertThatThrownBy(() -> SqliteStore.restore(home, new ByteArrayInputStream(dump)))
        .hasMessageContaining("is not empty: it has runs");
  }

  @Test
  void aDamagedDumpLeavesNothing() throws IOException {
    byte[] dump;
    try (var store = SqliteStore.open(home)) {
      fill(store);
      dump = dump(store);
    }
    var half = Arrays.copyOf(dump, dump.length / 2);

    assertThatThrownBy(() -> SqliteStore.restore(other, new ByteArrayInputStream(half)))
        .hasMessageContaining("its end is missing");

    SqliteStore.restore(other, new ByteArrayInputStream(dump));
    try (var restored = SqliteStore.open(other)) {
      checkFilled(restored);
    }
  }

  @Test
  void aDumpOfAnOlderSchemaIsBroughtUpToDate() throws IOException {
    var file = home.resolve("ferry.db");
    var older = new ByteArrayOutputStream();
    try (var database = new SqliteDatabase(file, new StoreFailure(home, file), () -> {})) {
      new Migrations(file.toString(), Migrations.KNOWN.subList(0, 4)).apply(database);
      new TableDump(database).to(older);
    }

    SqliteStore.restore(other, new ByteArrayInputStream(older.toByteArray()));

    try (var restored = SqliteStore.open(other)) {
      fill(restored);
      checkFilled(restored);
    }
  }
}
