package ferry.store;

import static ferry.store.Samples.NOON;
import static ferry.store.Samples.plan;
import static ferry.store.Samples.submitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.run.RunId;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of several servers may use a database, and what becomes of the others. */
class PostgresActiveTest {
  @TempDir private Path home;
  private final PostgresAddress address = TestPostgres.fresh();
  private final CountDownLatch lost = new CountDownLatch(1);

  private ActiveLock take() {
    return ActiveLock.take(address, _ -> {}, lost::countDown);
  }

  private PostgresStore open(ActiveLock lock) {
    return PostgresStore.open(home, address, lock, () -> {});
  }

  /** As a network that breaks, or a database that is started anew. */
  private void breakConnections(String which) {
    TestPostgres.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ferry'"
            + " AND pid <> pg_backend_pid() AND "
            + which);
  }

  private String holdsLock() {
    var number = address.options().get("currentSchema");
    return "pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid ="
        + " (hashtext('"
        + number
        + "')::bigint & 4294967295)::oid)";
  }

  @Test
  void aSecondServerWaitsForTheFirstAndTakesOver() throws Exception {
    var told = new CompletableFuture<String>();
    var first = take();
    var second =
        CompletableFuture.supplyAsync(
            () -> ActiveLock.take(address, told::complete, lost::countDown));

    assertThat(told.get(20, TimeUnit.SECONDS))
        .startsWith("waiting: process ")
        .contains("is the active server of postgresql://postgres@localhost");
    first.close();

    try (var active = second.get(20, TimeUnit.SECONDS)) {
      assertThat(active.epoch()).isEqualTo(first.epoch() + 1);
      assertThat(active.hasWaited()).isTrue();
    }
  }

  @Test
  void aServerThatLostItsLockCannotWriteAndLearnsIt() throws Exception {
    try (var old = take();
        var store = open(old)) {
      store.journal().append(List.of(submitted(plan("hello-bbbbb", NOON))));
      breakConnections(holdsLock());
      try (var next = take();
          var theirs = open(next)) {
        var late = submitted(plan("hello-ccccc", NOON));

        assertThatThrownBy(() -> store.journal().append(List.of(late)))
            .hasMessageContaining("another server is the active one");

        assertThat(theirs.journal().plan(new RunId("hello-ccccc"))).isEmpty();
        assertThat(theirs.journal().plan(new RunId("hello-bbbbb"))).isPresent();
        assertThat(lost.await(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void aServerOutlivesADatabaseThatIsStartedAnew() {
    try (var lock = take();
        var store = open(lock)) {
      breakConnections(holdsLock());
      breakConnections("true");
      var plan = plan("hello-bbbbb", NOON);

      assertThatThrownBy(() -> store.journal().append(List.of(submitted(plan))))
          .hasMessageContaining("cannot be reached");
      store.journal().append(List.of(submitted(plan)));

      assertThat(store.journal().plan(plan.id())).isPresent();
    }
  }

  @Test
  void serversThatStartAtOnceMakeOneSchema() throws Exception {
    var epochs = Contest.of(4, _ -> opened());

    assertThat(epochs).containsExactlyInAnyOrder("1", "2", "3", "4");
  }

  private String opened() {
    try (var lock = take();
        var store = open(lock)) {
      store.runs().latest();
      return Long.toString(lock.epoch());
    }
  }

  @Test
  void aDatabaseThatCannotBeReachedIsNamed() {
    var nowhere =
        PostgresAddress.parse(
            "postgresql://ada@127.0.0.1:1/ferry", PostgresAddress.Source.OPEN, java.util.Map.of());

    assertThatThrownBy(() -> ActiveLock.take(nowhere, _ -> {}, () -> {}))
        .hasMessageStartingWith(
            "the database postgresql://ada@127.0.0.1:1/ferry cannot be reached: ");
  }

  @Test
  void textThatPostgresCannotHoldIsKeptWithoutWhatItCannot() {
    try (var lock = take();
        var store = open(lock)) {
      store.groups().create("a\0b\ud800", java.util.Optional.empty(), java.util.Map.of());

      assertThat(store.groups().named("a\ufffdb?")).isPresent();
    }
  }
}
