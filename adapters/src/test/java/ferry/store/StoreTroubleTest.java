package ferry.store;

import static ferry.store.Samples.NOON;
import static ferry.store.Samples.failed;
import static ferry.store.Samples.launching;
import static ferry.store.Samples.next;
import static ferry.store.Samples.plan;
import static ferry.store.Samples.submitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ferry.error.SystemError;
import ferry.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a store from opening, and what it says. */
class StoreTroubleTest {
  @TempDir private Path home;

  private UserException refused() {
    return org.assertj.core.api.Assertions.catchThrowableOfType(
        UserException.class, () -> SqliteStore.open(home));
  }

  @Test
  void theDatabaseIsForItsUserOnly() throws IOException {
    var below = home.resolve("new/home");
    try (var store = SqliteStore.open(below)) {
      store.journal().append(List.of(submitted(plan("hello-bbbbb", NOON))));

      assertThat(Files.getPosixFilePermissions(below))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      assertThat(Files.getPosixFilePermissions(below.resolve("ferry.db")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(Files.getPosixFilePermissions(below.resolve("ferry.db-wal")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void aHomeWithSignsThatUrlsKnowIsOpened() {
    var odd = home.resolve("a b?mode=ro#c%41");
    SqliteStore.open(odd).close();

    assertThat(odd.resolve("ferry.db")).isRegularFile();
  }

  @Test
  void aDamagedDatabaseIsNamed() throws IOException {
    Files.writeString(home.resolve("ferry.db"), "no database, but a text that is long enough");

    assertThat(refused())
        .hasMessage("the database " + home.resolve("ferry.db") + " is damaged, or is not Ferry's");
    assertThat(refused().error()).isInstanceOf(SystemError.Unavailable.class);
    assertThat(refused().error().exitCode()).isEqualTo(4);
  }

  @Test
  void aHomeThatCannotBeWrittenIsNamed() throws Exception {
    try (var disk = SmallDisk.mount(home, "2m")) {
      assumeThat(disk.isMounted()).as("this user can mount a disk").isTrue();
      disk.remount("ro");

      assertThat(refused().error().message()).contains(home.toString()).contains("read-only");
      assertThat(refused().error().help().getFirst()).contains("FERRY_HOME");
    }
  }

  @Test
  void aDatabaseThatBecameReadOnlyIsNamedAtTheNextWrite() throws Exception {
    try (var disk = SmallDisk.mount(home, "4m")) {
      assumeThat(disk.isMounted()).as("this user can mount a disk").isTrue();
      SqliteStore.open(home).close();
      disk.remount("ro");

      assertThat(refused().error().message()).contains(home.toString());
    }
  }

  @Test
  void aFullDiskRefusesTheWholeTurnAndTheNextWorksOnceThereIsRoom() throws Exception {
    try (var disk = SmallDisk.mount(home, "4m")) {
      assumeThat(disk.isMounted()).as("this user can mount a disk").isTrue();
      var taken = submitted(plan("hello-bbbbb", NOON));
      try (var store = SqliteStore.open(home)) {
        store.journal().append(List.of(taken));
        disk.fill();
        var many = Many.runs(500);

        assertThatThrownBy(() -> store.journal().append(many))
            .hasMessage("the disk of " + home + " is full: 0 MiB free");
        assertThat(store.journal().unfinished()).containsExactly(taken.plan().id());

        disk.makeRoom();
        store.journal().append(List.of(next(taken, launching("a", 1))));
      }
      try (var store = SqliteStore.open(home)) {
        assertThat(store.journal().events(taken.plan().id())).hasSize(2);
        assertThat(home.resolve("runs").toFile().list()).containsExactly("hello-bbbbb");
      }
    }
  }

  @Test
  void onAFullDiskWhatRunsIsRecordedAndRemovedOnTheReserveAndNothingNewIsBegun() throws Exception {
    try (var disk = SmallDisk.mount(home, "32m")) {
      assumeThat(disk.isMounted()).as("this user can mount a disk").isTrue();
      var taken = submitted(plan("hello-bbbbb", NOON));
      try (var store = SqliteStore.open(home)) {
        store.journal().append(List.of(taken));
        assertThat(home.resolve("reserve")).isRegularFile();
        disk.fill();

        assertThatThrownBy(() -> store.journal().append(Many.runs(500)))
            .hasMessage("the disk of " + home + " is full: 0 MiB free");
        assertThat(home.resolve("reserve")).isRegularFile();

        store.journal().append(List.of(next(taken, launching("a", 1), failed("a", 1, "full"))));

        assertThat(home.resolve("reserve")).doesNotExist();
        assertThat(store.journal().events(taken.plan().id())).hasSize(3);
      }
    }
  }

  @Test
  void whereEvenTheReserveIsTakenTheDatabaseWritesOnItsOwnFreePages() throws Exception {
    try (var disk = SmallDisk.mount(home, "48m")) {
      assumeThat(disk.isMounted()).as("this user can mount a disk").isTrue();
      var file = home.resolve("ferry.db");
      PrivateFiles.touch(file);
      try (var database =
          new SqliteDatabase(file, new StoreFailure(home, file), () -> {}, Duration.ZERO)) {
        database.write(session -> session.update("CREATE TABLE notes (text TEXT)"));
        disk.fill();
        new Reserve(home).giveUp();
        disk.fill();

        for (int number = 0; number < 200; number++) {
          database.writeAnyway(
              session -> session.update("INSERT INTO notes VALUES (?)", "x".repeat(1000)));
        }

        assertThat(
                database.<Integer>read(session ->
                    session.first("SELECT count(*) FROM notes", row -> row.count(1)).orElse(0)))
            .isEqualTo(200);
      }
    }
  }

  @Test
  void aServerThatEndsOnAFullDiskLeavesTheNextOneALogToWriteTo() throws Exception {
    try (var disk = SmallDisk.mount(home, "48m")) {
      assumeThat(disk.isMounted()).as("this user can mount a disk").isTrue();
      var taken = submitted(plan("hello-bbbbb", NOON));
      try (var store = SqliteStore.open(home)) {
        store.journal().append(List.of(taken));
        disk.fill();
      }

      assertThat(home.resolve("ferry.db-wal")).isNotEmptyFile();
    }
  }

  @Test
  void theReserveIsMadeAgainOnceThereIsRoom() throws Exception {
    try (var disk = SmallDisk.mount(home, "32m")) {
      assumeThat(disk.isMounted()).as("this user can mount a disk").isTrue();
      disk.fill();
      var reserve = new Reserve(home);

      reserve.keep();
      assertThat(home.resolve("reserve")).doesNotExist();

      disk.makeRoom();
      new Reserve(home).keep();
      assertThat(home.resolve("reserve")).hasSize(Reserve.SIZE);
    }
  }

  @Test
  void aServerThatStartsOnAFullDiskIsGivenTheReserve() throws Exception {
    try (var disk = SmallDisk.mount(home, "32m")) {
      assumeThat(disk.isMounted()).as("this user can mount a disk").isTrue();
      SqliteStore.open(home).close();
      disk.fill();

      Reserve.yieldWhereFull(home);
      SqliteStore.open(home).close();

      assertThat(home.resolve("reserve")).doesNotExist();
    }
  }

  @Test
  void aStoreWhoseHomeWasReplacedNeitherReadsNorWritesTheNewOne() throws Exception {
    var below = home.resolve("ferry");
    var store = SqliteStore.open(below);
    store.journal().append(List.of(submitted(plan("hello-bbbbb", NOON))));
    Files.move(below, home.resolve("removed"));
    try (var next = SqliteStore.open(below)) {
      store.abandon();
      store.close();

      next.journal().append(List.of(submitted(plan("hello-ccccc", NOON))));
      assertThatThrownBy(() -> store.journal().unfinished()).hasMessage("the server is ending");
      assertThat(below.resolve("ferry.db-wal")).isNotEmptyFile();
    }
  }

  @Test
  void aConnectionIsNotOpenedToADatabaseThatTookThePlaceOfAnother() throws Exception {
    var below = home.resolve("ferry");
    try (var store = SqliteStore.open(below)) {
      Files.move(below, home.resolve("removed"));
      Files.createDirectory(below);

      assertThatThrownBy(() -> store.runs().latest())
          .hasMessage(
              "the database " + below.resolve("ferry.db") + " was removed under this server");
      assertThat(below).isEmptyDirectory();
      store.abandon();
    }
  }

  @Test
  void anotherProcessThatHasTheDatabaseOpenIsTold() throws Exception {
    var other = Appending.start(home);
    try (other) {
      other.acknowledged(3);

      assertThat(refused())
          .hasMessage("another process has the database " + home.resolve("ferry.db") + " open");
    }
  }
}
