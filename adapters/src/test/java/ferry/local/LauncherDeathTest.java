package ferry.local;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.local.launcher.ExitCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Launchers and servers are killed, or there are several: nothing is lost unsaid and nothing runs
 * twice.
 */
class LauncherDeathTest {
  @TempDir Path directory;
  private final List<LauncherHome> homes = new ArrayList<>();

  private LauncherHome home() throws IOException {
    homes.add(new LauncherHome(directory));
    return homes.getLast();
  }

  @AfterEach
  void endAll() throws Exception {
    for (LauncherHome each : homes) {
      each.close();
    }
  }

  @Test
  void ofTwoLaunchersExactlyOneStartsAnAttempt() throws Exception {
    LauncherHome first = home();
    LauncherHome second = home();
    for (int i = 0; i < 50; i++) {
      first.launch(first.bash("r/s" + i + "/1", "echo ran"));
      second.launch(second.bash("r/s" + i + "/1", "echo ran"));
    }
    for (int i = 0; i < 50; i++) {
      first.awaitReport(LauncherReport.Ended.class, _ -> true);
      second.awaitReport(LauncherReport.Ended.class, _ -> true);
    }

    assertThat(List.of(0, 7, 25, 49)).allMatch(i -> first.log("r/s" + i + "/1").equals("ran\n"));
  }

  @Test
  void anAttemptWhoseLauncherWasKilledIsEndedAndLost() throws Exception {
    LauncherHome home = home();
    home.launch(home.bash("r/s/1", "echo $$; setsid sh -c 'echo $$; exec sleep 321' & sleep 322"));
    LauncherHome.await(() -> home.log("r/s/1").lines().count() == 2);
    List<Long> pids = home.log("r/s/1").lines().map(Long::parseLong).toList();

    LauncherHome.kill(home.launcher.pid());

    assertThat(home.lost("r/s/1").words())
        .isEqualTo("its launcher was killed, so nobody saw how it ended");
    assertThat(pids).noneMatch(LauncherHome::isAlive);
    assertThat(home.run("r/s/2", "exit 4").exitCode()).isEqualTo(4);
  }

  @Test
  void launchersKilledAtAnyMomentLeaveEveryAttemptEndedOrLostAndStartNoneTwice() throws Exception {
    Random random = new Random(20261122);
    LauncherHome home = home();
    Map<String, LauncherReport> ends = new HashMap<>();
    for (int round = 0; round < 8; round++) {
      for (int i = 0; i < 12; i++) {
        home.launch(home.bash("r/s" + round + "-" + i + "/1", "echo ran"));
      }
      Thread.sleep(random.nextInt(300));
      LauncherHome.kill(home.launcher.pid());
    }
    while (ends.size() < 8 * 12) {
      home.awaitReport(LauncherReport.class, report -> isEnd(report, ends));
    }

    assertThat(ends.keySet()).allMatch(attempt -> List.of("", "ran\n").contains(home.log(attempt)));
    assertThat(ends.values()).anyMatch(LauncherReport.Ended.class::isInstance);
  }

  private static boolean isEnd(LauncherReport report, Map<String, LauncherReport> ends) {
    return switch (report) {
      case LauncherReport.Ended(var attempt, var _) -> ends.put(attempt, report) == null;
      case LauncherReport.Lost(var attempt, var _) -> ends.put(attempt, report) == null;
      case LauncherReport.Refused(var attempt, var _) -> ends.put(attempt, report) == null;
      case LauncherReport.Started _, LauncherReport.Problem _ -> false;
    };
  }

  @Test
  void aProcessThatNeverCameIntoItsClaimIsFoundEndedAndLost() throws Exception {
    LauncherHome killed = home();
    killed.launch(killed.bash("r/s/1", "echo $$; exec sleep 323"));
    LauncherHome.await(() -> killed.log("r/s/1").lines().count() == 1);
    long pid = Long.parseLong(killed.log("r/s/1").strip());
    killed.launcher.close();
    LauncherHome.kill(killed.launcher.pid());
    LauncherHome.await(() -> !LauncherHome.isAlive(killed.launcher.pid()));
    Path claim = directory.resolve("runs/r/s/1/claim");
    Files.writeString(claim, Files.readString(claim).replaceAll("(?m)^(pid|start)=.*\\n", ""));

    LauncherHome home = home();
    assertThat(home.look("r/s/1"))
        .isInstanceOfSatisfying(
            AttemptStatus.Running.class, running -> assertThat(running.held()).isFalse());
    home.launcher.watch("r/s/1", LauncherHome.directory("r/s/1"), Duration.ofMillis(500));

    home.lost("r/s/1");
    LauncherHome.await(() -> !LauncherHome.isAlive(pid));
  }

  @Test
  void anAttemptWhoseDirectoryIsGoneIsLostOnceNothingOfItIsLeft() throws Exception {
    LauncherHome home = home();

    home.launcher.watch("r/s/1", LauncherHome.directory("r/s/1"), Duration.ofMillis(500));

    assertThat(home.lost("r/s/1").words()).isEqualTo("its directory is gone");
  }

  @Test
  void aLauncherWhoseServerLeftRecordsItsLastAttemptAndLeaves() throws Exception {
    LauncherHome left = home();
    left.launch(left.bash("r/s/1", "echo ready; until [ -e go ]; do sleep 0.02; done; exit 6"));
    left.awaitLog("r/s/1", "ready");
    left.launcher.close();
    LauncherHome home = home();
    home.launcher.watch("r/s/1", LauncherHome.directory("r/s/1"), Duration.ofSeconds(1));

    Files.createFile(directory.resolve("go"));

    assertThat(home.ended("r/s/1").exitCode()).isEqualTo(6);
  }

  @Test
  void aLauncherHasItsFileWhileItLivesAndTakesItAwayWhenItLeaves() throws Exception {
    LauncherHome home = home();
    home.run("r/s/1", "true");
    assertThat(directory.resolve("launchers").toFile().list()).hasSize(1);

    home.close();

    assertThat(directory.resolve("launchers").toFile().list()).isEmpty();
  }

  @Test
  void aServerThatReadsNoReportsHoldsUpNothing() throws Exception {
    LauncherChild deaf = LauncherChild.start(directory);
    LauncherHome home = home();
    deaf.send(RequestBytes.environment(1, List.of("PATH=/bin")));
    for (int i = 0; i < 1000; i++) {
      deaf.send(RequestBytes.launch(home.command("r/s" + i + "/1", "no-such-command")));
    }

    LauncherHome.await(
        () -> home.text(Path.of("runs/r/s999/1/exit")).contains("cause=cannot-start"));
    deaf.leave();
    LauncherHome.kill(deaf.pid());
  }

  @Test
  void aServerKilledAtWorkLeavesItsAttemptToTheNext() throws Exception {
    Process server =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ServerToKill.class.getName(),
                directory.toString())
            .inheritIO()
            .start();
    LauncherHome home = home();
    home.awaitLog("r/s/1", "ready");
    server.destroyForcibly().waitFor();
    home.launcher.watch("r/s/1", LauncherHome.directory("r/s/1"), Duration.ofSeconds(1));

    Files.createFile(directory.resolve("go"));

    assertThat(home.ended("r/s/1").exitCode()).isEqualTo(9);
  }

  /** A server that starts one attempt and waits to be killed. */
  static final class ServerToKill {
    private ServerToKill() {}

    /** Starts the attempt in the home named by the argument. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
      LauncherHome home = new LauncherHome(Path.of(arguments[0]));
      home.launch(
          home.bash(
              "r/s/1",
              "echo ready; i=0; until [ -e go ] || [ $((i++)) = 3000 ]; do sleep 0.02; done;"
                  + " exit 9"));
      Thread.sleep(Duration.ofMinutes(1));
    }
  }

  @Test
  void anAttemptOfAnEarlierLauncherCanBeStopped() throws Exception {
    LauncherHome earlier = home();
    earlier.launch(earlier.bash("r/s/1", "echo $$; exec sleep 324"));
    LauncherHome.await(() -> earlier.log("r/s/1").lines().count() == 1);
    earlier.launcher.close();
    LauncherHome home = home();
    home.launcher.watch("r/s/1", LauncherHome.directory("r/s/1"), Duration.ofSeconds(1));

    home.launcher.stop("r/s/1", Duration.ofSeconds(5));

    assertThat(home.ended("r/s/1").signal()).isEqualTo(15);
  }

  @Test
  void anExitFileThatCannotBeWrittenIsTriedAgainAndTheServerStillHears() throws Exception {
    LauncherHome home = home();
    Path inTheWay = Files.createDirectories(directory.resolve("runs/r/s/1/exit.new"));

    assertThat(home.run("r/s/1", "exit 2").cause()).isEqualTo(ExitCause.EXITED);
    assertThat(home.text(Path.of("runs/r/s/1/exit"))).isEmpty();

    Files.delete(inTheWay);
    LauncherHome.await(() -> home.text(Path.of("runs/r/s/1/exit")).contains("exit-code=2\n"));
  }
}
