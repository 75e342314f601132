package ferry.local;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.local.launcher.ExitCause;
import ferry.local.launcher.ExitRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a command did to get away: when its attempt has ended, nothing of it is left. */
class LeftoversTest {
  @TempDir Path directory;
  private LauncherHome home;

  @BeforeEach
  void start() throws IOException {
    home = new LauncherHome(directory);
  }

  @AfterEach
  void stop() throws Exception {
    home.close();
  }

  @Test
  void aBackgroundProcessEndsWithItsCommand() {
    ExitRecord exit = home.run("r/s/1", "sleep 301 & echo $!; exit 5");

    assertThat(exit.cause()).isEqualTo(ExitCause.EXITED);
    assertThat(exit.exitCode()).isEqualTo(5);
    assertThatAllAreGone("r/s/1", 1);
  }

  @Test
  void aBackgroundProcessThatIgnoresTermIsKilledAfterTheGrace() {
    home.run("r/s/1", "(trap '' TERM; echo $BASHPID; while :; do sleep 1; done) & sleep 0.2");

    assertThatAllAreGone("r/s/1", 1);
  }

  @Test
  void aProcessInASessionOfItsOwnEnds() {
    home.run("r/s/1", "setsid sh -c 'echo $$; exec sleep 302' & sleep 0.2");

    assertThatAllAreGone("r/s/1", 1);
  }

  @Test
  void aDaemonThatForkedTwiceAndScrubbedItsEnvironmentEnds() {
    home.run("r/s/1", "(setsid env -i sh -c 'echo $$; exec sleep 303' &) ; sleep 0.2");

    assertThatAllAreGone("r/s/1", 1);
  }

  @Test
  void aWholeFamilyEndsOnStop() {
    home.launch(
        home.bash(
            "r/s/1",
            "echo $$; sleep 304 & echo $!; setsid sh -c 'echo $$; exec sleep 305' &"
                + " (setsid env -i sh -c 'echo $$; exec sleep 306' &); wait"));
    LauncherHome.await(() -> home.log("r/s/1").lines().count() == 4);

    home.launcher.stop("r/s/1", Duration.ofMillis(500));

    assertThat(home.ended("r/s/1").cause()).isEqualTo(ExitCause.STOPPED);
    assertThatAllAreGone("r/s/1", 4);
  }

  @Test
  void aStoppedProcessEndsToo() {
    home.launch(home.bash("r/s/1", "sleep 307 & kill -STOP $!; echo $!; wait"));
    LauncherHome.await(() -> home.log("r/s/1").lines().count() == 1);

    home.launcher.stop("r/s/1", Duration.ofSeconds(20));

    home.ended("r/s/1");
    assertThatAllAreGone("r/s/1", 1);
  }

  @Test
  void aDaemonOfOneAttemptDoesNotHoldUpAnother() {
    home.launch(
        home.bash("r/long/1", "(setsid env -i sh -c 'echo $$; exec sleep 308' &) ; sleep 309"));
    LauncherHome.await(() -> home.log("r/long/1").lines().count() == 1);

    ExitRecord exit = home.run("r/short/1", "true");

    assertThat(exit.succeeded()).isTrue();
    assertThat(pids("r/long/1")).allMatch(LauncherHome::isAlive);

    home.launcher.stop("r/long/1", Duration.ZERO);
    home.ended("r/long/1");
    assertThatAllAreGone("r/long/1", 1);
  }

  @Test
  void anotherAttemptIsSpared() {
    home.launch(home.bash("r/s/10", "echo $$; exec sleep 310"));
    LauncherHome.await(() -> home.log("r/s/10").lines().count() == 1);

    home.run("r/s/1", "sleep 311 & exit 0");

    assertThat(pids("r/s/10")).allMatch(LauncherHome::isAlive);
  }

  private List<Long> pids(String attempt) {
    return home.log(attempt).lines().map(String::strip).map(Long::parseLong).toList();
  }

  private void assertThatAllAreGone(String attempt, int count) {
    assertThat(pids(attempt)).hasSize(count).noneMatch(LauncherHome::isAlive);
  }
}
