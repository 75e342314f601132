package ferry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.SystemError;
import ferry.error.UserException;
import ferry.store.HomeLease.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLeaseTest {
  private static final Instant SINCE = Instant.parse("2026-03-01T12:00:00Z");
  private static final LeaseHolder THIS = LeaseHolder.self();
  private static final LeaseHolder SELF =
      new LeaseHolder(
          "laptop", THIS.boot(), THIS.processSpace(), THIS.pid(), THIS.started(), SINCE, "token-1");
  private static final LeaseHolder ELSEWHERE =
      new LeaseHolder("node-7", "boot-7", "pid:[1]", 4711, "100", SINCE, "token-7");

  @TempDir private Path home;
  private final List<String> notices = new ArrayList<>();

  private HomeLease take(LeaseHolder self, Pausing pausing) {
    return HomeLease.take(home, self, pausing, notices::add, _ -> {});
  }

  private void leave(LeaseHolder holder) throws IOException {
    assertThat(new LeaseFile(home).create(holder)).isTrue();
  }

  private static LeaseHolder here(long pid, String started) {
    return new LeaseHolder(
        SELF.host(), SELF.boot(), SELF.processSpace(), pid, started, SINCE, "token-8");
  }

  private String lease() throws IOException {
    return Files.readString(home.resolve("lease"));
  }

  @Test
  void aSecondServerIsRefusedAndToldWhoHoldsTheHome() {
    try (var _ = take(SELF, new Pausing())) {
      assertThatThrownBy(() -> take(LeaseHolder.self(), new Pausing()))
          .isInstanceOfSatisfying(
              UserException.class,
              refused -> assertThat(refused.error()).isInstanceOf(SystemError.Unavailable.class))
          .hasMessageStartingWith(
              "another Ferry server uses " + home + ": pid " + SELF.pid() + " on " + SELF.host());
    }
  }

  @Test
  void aClosedLeaseIsFree() {
    take(SELF, new Pausing()).close();

    assertThat(home.resolve("lease")).doesNotExist();
    take(LeaseHolder.self(), new Pausing()).close();
  }

  @Test
  void theLeaseIsForItsUserOnly() throws IOException {
    try (var _ = take(SELF, new Pausing())) {
      assertThat(Files.getPosixFilePermissions(home.resolve("lease")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(home).isDirectoryNotContaining("glob:**/*.tmp");
    }
  }

  @Test
  void theLeaseOfAProcessThatIsGoneIsTakenOverAtOnce() throws IOException {
    leave(here(Integer.MAX_VALUE, "100"));

    try (var _ = take(SELF, new Pausing())) {
      assertThat(lease()).contains(SELF.token());
      assertThat(notices).isEmpty();
    }
  }

  @Test
  void aPidThatWasGivenToAnotherProcessHoldsNothing() throws IOException {
    leave(here(SELF.pid(), "100"));

    try (var _ = take(SELF, new Pausing())) {
      assertThat(lease()).contains(SELF.token());
    }
  }

  @Test
  void theLeaseOfAnEarlierBootOfThisMachineIsTakenOverAtOnce() throws IOException {
    leave(new LeaseHolder(SELF.host(), "boot-0", SELF.processSpace(), 1, "1", SINCE, "token-0"));

    try (var _ = take(SELF, new Pausing())) {
      assertThat(lease()).contains(SELF.token());
      assertThat(notices).isEmpty();
    }
  }

  @Test
  void aContainerThatEndedOnThisMachineIsKnownByItsLock() throws IOException {
    leave(new LeaseHolder("other", SELF.boot(), "pid:[7]", 1, "1", SINCE, "token-0"));

    try (var _ = take(SELF, new Pausing())) {
      assertThat(lease()).contains(SELF.token());
      assertThat(notices).isEmpty();
    }
  }

  @Test
  void aContainerThatRunsOnThisMachineIsKnownByItsLock() throws IOException {
    var other = new LeaseHolder("other", SELF.boot(), "pid:[7]", 1, "1", SINCE, "token-0");
    try (var _ = take(other, new Pausing())) {
      assertThatThrownBy(() -> take(SELF, new Pausing()))
          .hasMessageContaining("uses " + home + ": pid 1 on other");
    }
  }

  @Test
  void anotherMachinesLeaseIsTakenOverWhenItWasNotRenewedForAMinute() throws IOException {
    leave(ELSEWHERE);
    var pausing = new Pausing();

    try (var _ = take(SELF, pausing)) {
      assertThat(lease()).contains(SELF.token());
      assertThat(pausing.looks()).isEqualTo(60);
      assertThat(notices).singleElement().asString().startsWith("waiting up to 60 s to see");
    }
  }

  @Test
  void anotherMachinesLeaseThatIsRenewedWhileWeWatchIsRespected() {
    var elsewhere = new Pausing();
    try (var _ = take(ELSEWHERE, elsewhere)) {
      var watching = new Pausing(elsewhere::letRenew);

      assertThatThrownBy(() -> take(SELF, watching))
          .hasMessageContaining("pid 4711 on node-7, since 2026-03-01");
      assertThat(watching.looks()).isEqualTo(1);
    }
  }

  @Test
  void aLeaseThatIsGivenUpWhileWeWatchIsTaken() throws IOException {
    var held = take(ELSEWHERE, new Pausing());

    try (var _ = take(SELF, new Pausing(held::close))) {
      assertThat(lease()).contains(SELF.token());
    }
  }

  @Test
  void aHolderThatSleptAndWasReplacedIsTold() throws Exception {
    var told = new CompletableFuture<Loss>();
    var sleeping = new Pausing();
    try (var held = HomeLease.take(home, ELSEWHERE, sleeping, notices::add, told::complete);
        var _ = take(SELF, new Pausing())) {
      assertThat(held.isOurs()).isFalse();
      sleeping.letRenewForTheLastTime();

      assertThat(told.get()).isEqualTo(Loss.TAKEN_OVER);
      assertThat(lease()).contains(SELF.token());
    }
    assertThat(home.resolve("lease")).doesNotExist();
  }

  @Test
  void aLeaseThatWasDeletedByHandIsPutBack() throws IOException {
    var pausing = new Pausing();
    try (var _ = take(SELF, pausing)) {
      Files.delete(home.resolve("lease"));
      pausing.letRenew();
      var before = lease();
      pausing.letRenew();

      assertThat(lease()).contains(SELF.token()).isNotEqualTo(before);
    }
  }

  @Test
  void aHolderThatDidNotRunForAWhileLooksBeforeItWrites() throws Exception {
    var told = new CompletableFuture<Loss>();
    try (var held = HomeLease.take(home, ELSEWHERE, new Pausing(), notices::add, told::complete)) {
      held.check(Duration.ZERO);

      try (var _ = take(SELF, new Pausing())) {
        held.check();
        assertThat(told).isNotDone();
        assertThatThrownBy(() -> held.check(Duration.ZERO))
            .isInstanceOf(UserException.class)
            .hasMessageContaining("lost its home");
        assertThat(told.get()).isEqualTo(Loss.TAKEN_OVER);
      }
    }
  }

  @Test
  void aHolderWhoseHomeWasRemovedIsToldAndDoesNotMoveIntoTheNextOne() throws Exception {
    var told = new CompletableFuture<Loss>();
    var pausing = new Pausing();
    var below = home.resolve("ferry");
    try (var held = HomeLease.take(below, SELF, pausing, notices::add, told::complete)) {
      Files.move(below, home.resolve("removed"));
      Files.createDirectory(below);
      assertThat(held.isOurs()).isFalse();
      pausing.letRenewForTheLastTime();

      assertThat(told.get()).isEqualTo(Loss.HOME_GONE);
    }
    assertThat(below).isEmptyDirectory();
  }

  @Test
  void aLeaseThatCannotBeReadIsWatchedAndThenReplaced() throws IOException {
    Files.writeString(home.resolve("lease"), "hos");
    var pausing = new Pausing();

    try (var _ = take(SELF, pausing)) {
      assertThat(pausing.looks()).isEqualTo(60);
      assertThat(lease()).contains(SELF.token());
    }
  }

  @Test
  void aTakeOverThatDiedHalfWayIsFinishedByTheNext() throws IOException {
    leave(here(Integer.MAX_VALUE, "100"));
    Files.writeString(home.resolve("lease.taking"), ELSEWHERE.text());

    try (var _ = take(SELF, new Pausing())) {
      assertThat(lease()).contains(SELF.token());
      assertThat(home.resolve("lease.taking")).doesNotExist();
    }
  }

  @Test
  void aLeaseThatChangedMeanwhileIsNotTakenOver() throws IOException {
    leave(ELSEWHERE);

    assertThat(new LeaseFile(home).replace("something older", SELF)).isFalse();
    assertThat(lease()).contains("token-7");
  }

  @Test
  void ofManyThatTakeOverOneWins() throws Exception {
    leave(here(Integer.MAX_VALUE, "100"));
    var dead = lease();
    var all = Contest.of(16, number -> new LeaseFile(home).replace(dead, LeaseHolder.self()));

    assertThat(all).containsOnlyOnce(true);
  }
}
