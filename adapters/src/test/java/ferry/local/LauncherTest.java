package ferry.local;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.local.launcher.ExitCause;
import ferry.local.launcher.ExitRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a launcher does with real processes, as long as nothing goes wrong with the launcher itself.
 */
class LauncherTest {
  @TempDir Path directory;
  private LauncherHome home;

  @BeforeEach
  void start() throws IOException {
    home = new LauncherHome(directory, List.of("PASSWORD=swordfish", "PIN=123", "COLOUR=red"));
  }

  @AfterEach
  void stop() throws Exception {
    home.close();
  }

  @Test
  void anExitCodeIsRecordedAndReported() throws IOException {
    ExitRecord exit = home.run("r/s/1", "exit 7");

    assertThat(exit.cause()).isEqualTo(ExitCause.EXITED);
    assertThat(exit.exitCode()).isEqualTo(7);
    assertThat(exit.signal()).isZero();
    assertThat(exit.endedMillis()).isGreaterThanOrEqualTo(exit.startedMillis());
    assertThat(home.look("r/s/1")).isEqualTo(new AttemptStatus.Ended(exit));
  }

  @Test
  void aSignalIsRecorded() {
    ExitRecord exit = home.run("r/s/1", "kill -SEGV $$");

    assertThat(exit.exitCode()).isEqualTo(-1);
    assertThat(exit.signal()).isEqualTo(11);
  }

  @Test
  void cpuTimeIsRecorded() {
    ExitRecord exit = home.run("r/s/1", "for ((i = 0; i < 200000; i++)); do :; done");

    assertThat(exit.cpuMicros()).isBetween(10_000L, 30_000_000L);
  }

  @Test
  void aCommandThatDoesNotExistCannotStart() {
    ExitRecord exit = home.run(home.command("r/s/1", "no-such-command-here"));

    assertThat(exit.cause()).isEqualTo(ExitCause.CANNOT_START);
    assertThat(exit.words()).isEqualTo("cannot start: no command `no-such-command-here` on PATH");
  }

  @Test
  void aFileThatIsNoProgramCannotStart() throws IOException {
    Path script = Files.writeString(directory.resolve("script"), "echo hello\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));

    ExitRecord exit = home.run(home.command("r/s/1", "./script"));

    assertThat(exit.words())
        .isEqualTo("cannot start: `./script` is no program for this machine, and has no `#!` line");
  }

  @Test
  void aWorkingDirectoryThatDoesNotExistCannotBeStartedIn() {
    CommandLaunch usual = home.bash("r/s/1", "true");
    CommandLaunch launch =
        new CommandLaunch(
            usual.attempt(),
            usual.directory(),
            Path.of("/no/such/directory"),
            usual.command(),
            usual.environment(),
            usual.additions(),
            usual.timeout(),
            usual.grace(),
            0,
            List.of());

    assertThat(home.run(launch).words())
        .isEqualTo("cannot start: its working directory /no/such/directory does not exist");
  }

  @Test
  void outputGoesToTheLogByteForByte() throws IOException {
    home.run("r/s/1", "printf '\\x00\\xff\\xfe\\r\\n'; printf 'err' >&2");

    assertThat(Files.readAllBytes(directory.resolve("runs/r/s/1/log")))
        .containsExactly(0, 0xff, 0xfe, '\r', '\n', 'e', 'r', 'r');
  }

  @Test
  void nobodyElseMayReadWhatAnAttemptLeaves() throws IOException {
    home.run("r/s/1", "true");

    assertThat(permissions("runs/r/s/1")).isEqualTo("rwx------");
    assertThat(permissions("runs/r/s/1/log")).isEqualTo("rw-------");
    assertThat(permissions("runs/r/s/1/claim")).isEqualTo("rw-------");
    assertThat(permissions("runs/r/s/1/exit")).isEqualTo("rw-------");
  }

  private String permissions(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file)));
  }

  @Test
  void aCommandFindsItsEnvironmentItsDirectoryAndNoInput() {
    CommandLaunch usual = home.bash("r/s/1", "pwd; echo $FERRY_ATTEMPT $COLOUR $PIN; cat");
    CommandLaunch launch = withAdditions(usual, List.of("COLOUR=blue", "FERRY_ATTEMPT=forged"));

    home.run(launch);

    assertThat(home.log("r/s/1")).isEqualTo(directory + "\nr/s/1 blue 123\n");
  }

  private static CommandLaunch withAdditions(CommandLaunch usual, List<String> additions) {
    return new CommandLaunch(
        usual.attempt(),
        usual.directory(),
        usual.workingDirectory(),
        usual.command(),
        usual.environment(),
        additions,
        usual.timeout(),
        usual.grace(),
        0,
        List.of());
  }

  @Test
  void aCommandInheritsNoDescriptorsNoSignalsAndLeadsItsSession() {
    home.run(
        "r/s/1",
        "ls /proc/self/fd | wc -l; grep -E 'Sig(Blk|Ign)' /proc/self/status | cut -c 18-;"
            + " [ $(ps -o sid= -p $$) = $$ ] && echo leader");

    assertThat(home.log("r/s/1")).isEqualTo("4\n0000000\n0000000\nleader\n");
  }

  @Test
  void aCommandThatRunsTooLongIsEnded() {
    ExitRecord exit = home.run(limited(home.bash("r/s/1", "sleep 300"), 200, 0));

    assertThat(exit.cause()).isEqualTo(ExitCause.TIMEOUT);
    assertThat(exit.signal()).isEqualTo(15);
  }

  private static CommandLaunch limited(CommandLaunch usual, long timeoutMillis, long memoryBytes) {
    return new CommandLaunch(
        usual.attempt(),
        usual.directory(),
        usual.workingDirectory(),
        usual.command(),
        usual.environment(),
        usual.additions(),
        Duration.ofMillis(timeoutMillis),
        usual.grace(),
        memoryBytes,
        List.of());
  }

  @Test
  void aCommandThatUsesTooMuchMemoryIsKilledWithBothNumbers() {
    long limit = 60_000_000;

    ExitRecord exit =
        home.run(
            limited(
                home.bash("r/s/1", "x=$(head -c 100M /dev/zero | tr '\\0' x); sleep 300; true"),
                0,
                limit));

    assertThat(exit.cause()).isEqualTo(ExitCause.MEMORY);
    assertThat(exit.memoryLimitBytes()).isEqualTo(limit);
    assertThat(exit.peakMemoryBytes()).isGreaterThan(limit);
  }

  @Test
  void aStoppedCommandMayCleanUp() {
    home.launch(
        home.bash("r/s/1", "trap 'echo cleaned; exit 3' TERM; echo ready; sleep 300 & wait"));
    home.awaitLog("r/s/1", "ready");

    home.launcher.stop("r/s/1", Duration.ofSeconds(30));

    ExitRecord exit = home.ended("r/s/1");
    assertThat(exit.cause()).isEqualTo(ExitCause.STOPPED);
    assertThat(exit.exitCode()).isEqualTo(3);
    assertThat(home.log("r/s/1")).isEqualTo("ready\ncleaned\n");
  }

  @Test
  void aCommandThatIgnoresTermIsKilledAfterTheGrace() {
    home.launch(home.bash("r/s/1", "trap '' TERM; echo ready; while :; do sleep 1; done"));
    home.awaitLog("r/s/1", "ready");

    home.launcher.stop("r/s/1", Duration.ofMillis(100));

    ExitRecord exit = home.ended("r/s/1");
    assertThat(exit.cause()).isEqualTo(ExitCause.STOPPED);
    assertThat(exit.signal()).isEqualTo(9);
  }

  @Test
  void manyAttemptsAtOnceAllEnd() {
    for (int i = 0; i < 100; i++) {
      home.launch(home.bash("r/s" + i + "/1", "exit " + i));
    }
    for (int i = 0; i < 100; i++) {
      home.awaitReport(LauncherReport.Ended.class, ended -> true);
    }
    assertThat(home.text(Path.of("runs/r/s42/1/exit"))).contains("exit-code=42\n");
  }

  @Test
  void anAttemptThatWasClaimedIsNotStartedAgainAndItsEndIsReportedAgain() {
    ExitRecord first = home.run("r/s/1", "echo once");

    ExitRecord second = home.run("r/s/1", "echo twice");

    assertThat(second).isEqualTo(first);
    assertThat(home.log("r/s/1")).isEqualTo("once\n");
  }

  @Test
  void anAttemptWhoseDirectoryCannotBeMadeIsRefused() throws IOException {
    Files.writeString(directory.resolve("runs"), "in the way");

    home.launch(home.bash("r/s/1", "true"));

    assertThat(home.awaitReport(LauncherReport.Refused.class, _ -> true).words())
        .isEqualTo("cannot make runs/r/s/1/claim: Not a directory");
  }

  @Test
  void textsOfSecretsAreMaskedInTheLog() {
    CommandLaunch usual =
        home.bash("r/s/1", "echo $PASSWORD; printf sword; sleep 0.2; echo fish; echo $PIN $COLOUR");
    CommandLaunch launch =
        new CommandLaunch(
            usual.attempt(),
            usual.directory(),
            usual.workingDirectory(),
            usual.command(),
            usual.environment(),
            List.of("COLOUR=dark\ngreen"),
            usual.timeout(),
            usual.grace(),
            0,
            List.of("swordfish", "dark", "green"));

    home.run(launch);

    assertThat(home.log("r/s/1")).isEqualTo("***\n***\n123 *** ***\n");
  }
}
