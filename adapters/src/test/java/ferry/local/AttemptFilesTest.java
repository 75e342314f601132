package ferry.local;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.local.launcher.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be told from the files of an attempt alone, whatever happened to its launcher. */
class AttemptFilesTest {
  private static final Path ATTEMPT = Path.of("runs/r/s/1");
  private static final long SELF = ProcessHandle.current().pid();
  private static final long NEVER_A_PID = 4_194_305;
  private static final String EXIT =
      """
      cause=exited
      exit-code=3
      signal=0
      started-millis=1000
      ended-millis=2000
      cpu-micros=5
      peak-memory-bytes=6
      memory-limit-bytes=0
      words=
      end
      """;

  @TempDir Path home;
  private final AtomicLong clock = new AtomicLong();
  private AttemptFiles files;
  private Place here;

  @BeforeEach
  void makeDirectories() throws IOException {
    Files.createDirectories(home.resolve(ATTEMPT));
    Files.createDirectories(home.resolve("launchers"));
    here = Place.here();
    files = new AttemptFiles(home, here, Duration.ofSeconds(30), clock::get);
  }

  @Test
  void anAttemptWithoutAClaimMayBeStarted() throws IOException {
    assertThat(look()).isEqualTo(new AttemptStatus.NotClaimed());
  }

  @Test
  void anExitFileSaysHowItEndedWhateverElseIsThere() throws IOException {
    write("claim", "");
    write("exit", EXIT);

    assertThat(look())
        .isInstanceOfSatisfying(
            AttemptStatus.Ended.class, ended -> assertThat(ended.exit().exitCode()).isEqualTo(3));
  }

  @Test
  void anExitFileThatAPowerCutTruncatedDoesNotCount() throws IOException {
    write("claim", claim(here, NEVER_A_PID, 1, ""));
    write("exit", EXIT.substring(0, 40));

    assertThat(look()).isInstanceOf(AttemptStatus.Lost.class);
  }

  @Test
  void aProcessWhoseLauncherDiedWithItIsLost() throws IOException {
    write("claim", claim(here, NEVER_A_PID, 1, "pid=" + NEVER_A_PID + "\nstart=77\n"));

    assertThat(look())
        .isEqualTo(new AttemptStatus.Lost("its launcher was killed, so nobody saw how it ended"));
  }

  @Test
  void aPidThatWasGivenToAnotherProcessIsNotTakenForTheAttempts() throws IOException {
    write("claim", claim(here, SELF, 1, "pid=" + SELF + "\nstart=1\n"));

    assertThat(look()).isInstanceOf(AttemptStatus.Lost.class);
  }

  @Test
  void anAttemptOfALivingLauncherRuns() throws IOException {
    write("claim", claim(here, SELF, ownStart(), "pid=" + NEVER_A_PID + "\nstart=77\n"));

    assertThat(look())
        .isInstanceOfSatisfying(
            AttemptStatus.Running.class, running -> assertThat(running.held()).isTrue());
  }

  @Test
  void aClaimWithNothingWrittenIsLostIfNoLauncherLives() throws IOException {
    write("claim", "");
    Files.writeString(home.resolve("launchers/dead"), claim(here, NEVER_A_PID, 1, ""));

    assertThat(look()).isInstanceOf(AttemptStatus.Lost.class);
  }

  @Test
  void aClaimWithNothingWrittenRunsWhileALauncherLives() throws IOException {
    write("claim", "launcher=ali");
    Files.writeString(home.resolve("launchers/alive"), claim(here, SELF, ownStart(), ""));

    assertThat(look()).isInstanceOf(AttemptStatus.Running.class);
  }

  @Test
  void aClaimThatNobodyFinishedForHalfAMinuteIsLostThoughAnotherLauncherLives() throws IOException {
    write("claim", "");
    Files.writeString(home.resolve("launchers/alive"), claim(here, SELF, ownStart(), ""));
    assertThat(look()).isInstanceOf(AttemptStatus.Running.class);

    clock.addAndGet(Duration.ofSeconds(31).toNanos());

    assertThat(look()).isInstanceOf(AttemptStatus.Lost.class);
  }

  @Test
  void anAttemptFromBeforeARestartOfTheMachineIsLost() throws IOException {
    write("claim", claim(new Place("another-boot", here.namespace()), SELF, ownStart(), ""));

    assertThat(look())
        .isEqualTo(
            new AttemptStatus.Lost("the machine it ran on was restarted, or is another one"));
  }

  @Test
  void anAttemptOfAnotherContainerRunsUntilThatHasNotBeatenForHalfAMinute() throws IOException {
    Place elsewhere = new Place(here.boot(), "pid:[1]");
    write("claim", claim(elsewhere, 7, 8, ""));
    beat("beat=1\n");
    assertThat(look()).isInstanceOf(AttemptStatus.Running.class);

    clock.addAndGet(Duration.ofSeconds(29).toNanos());
    assertThat(look()).isInstanceOf(AttemptStatus.Running.class);
    beat("beat=2\n");
    assertThat(look()).isInstanceOf(AttemptStatus.Running.class);

    clock.addAndGet(Duration.ofSeconds(29).toNanos());
    assertThat(look()).isInstanceOf(AttemptStatus.Running.class);

    clock.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(look()).isEqualTo(new AttemptStatus.Lost("the container it ran in has ended"));
  }

  @Test
  void filesOfDeadLaunchersAreRemovedAndOthersStay() throws IOException {
    Files.writeString(home.resolve("launchers/l"), claim(here, NEVER_A_PID, 1, ""));
    Files.writeString(
        home.resolve("launchers/elsewhere"), claim(new Place("b", "pid:[1]"), 7, 8, ""));

    files.forgetDeadLaunchers();

    assertThat(home.resolve("launchers").toFile().list()).containsExactly("elsewhere");
  }

  private AttemptStatus look() throws IOException {
    return files.look("r/s/1", ATTEMPT);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(home.resolve(ATTEMPT).resolve(name), text);
  }

  private void beat(String line) throws IOException {
    Files.writeString(home.resolve("launchers/l"), line);
  }

  private static String claim(Place place, long launcherPid, long launcherStart, String rest) {
    return """
    launcher=l
    launcher-pid=%d
    launcher-start=%d
    boot=%s
    namespace=%s
    """
            .formatted(launcherPid, launcherStart, place.boot(), place.namespace())
        + rest;
  }

  private static long ownStart() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19]);
  }
}
