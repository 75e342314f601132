package ferry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ferry.cli.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherCommandsTest {
  private static final String RUN =
      """
      {"id": "digits-x7k2p", "state": "failed", "command": "ferry.yaml", "directory": "/data", "backend": "local",
       "user": "ada", "host": "hub", "submitted": "2026-11-22T11:57:00Z", "ended": "2026-11-22T11:58:00Z",
       "params": {"epochs": "20"}, "code": {"commit": "0123456789abcdef", "dirty": true},
       "steps": [{"name": "prepare", "state": "succeeded", "cached": true, "attempts": []},
        {"name": "train[relu]", "state": "failed", "reason": "killed for memory at 2.1 GiB of 2 GiB",
         "tail": ["epoch 1", "\\u001b[2Jepoch 2"], "attempts": [
          {"number": 1, "state": "lost", "started": "2026-11-22T11:57:01Z", "ended": "2026-11-22T11:57:02Z",
           "reason": "its machine went away"},
          {"number": 2, "state": "failed", "started": "2026-11-22T11:57:10Z", "ended": "2026-11-22T11:58:00Z",
           "exitCode": 137, "cpuSeconds": 95.5, "peakMemoryBytes": 2254857830}]}]}
      """;

  /** A word and another one, as they stand in a way out. */
  private static final Pattern SET = Pattern.compile("ferry config ([a-z][a-z-]*) [\\w/.:]+`?");

  @TempDir Path home;
  private FakeServer server;

  @BeforeEach
  void startServer() {
    server = FakeServer.in(home);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void aRunIsShownWithAllThatIsKnownOfIt() {
    server.answer("GET /runs/digits?any=true", RUN);
    assertThat(Typed.in(home, "show", "digits"))
        .isEqualTo(
            new Typed(
                0,
                """
                digits-x7k2p  failed
                command     ferry.yaml
                directory   /data
                code        commit 0123456789ab with changes
                parameters  epochs=20
                backend     local
                by          ada@hub
                submitted   2026-11-22 11:57:00 (3 minutes ago), took 1 m 00 s

                STEP         STATE   ATTEMPT   TOOK       CPU     PEAK  EXIT  REASON
                prepare      cached
                train[relu]  lost          1  1.0 s                           its machine went away
                             failed        2   50 s  1 m 35 s  2.1 GiB   137  killed for memory at 2.1 GiB of 2 GiB

                train[relu] failed: killed for memory at 2.1 GiB of 2 GiB
                  | epoch 1
                  | epoch 2
                """,
                ""));
  }

  @Test
  void aRunThatAScriptOpenedIsPointedTo() {
    var id = "c638961f66f74e9fb42abeb35fb5cdf3";
    server.answer("GET /tracked/" + id, "{\"name\": \"gifted-owl\", \"state\": \"succeeded\"}");
    assertThat(Typed.in(home, "show", id))
        .isEqualTo(
            new Typed(
                3,
                "",
                """
                error: `c638961f66f74e9fb42abeb35fb5cdf3` is a tracked run, `gifted-owl` (succeeded), which Ferry did not start itself
                  `ferry ui` opens the page, which has it under Tracked and at #/run/c638961f66f74e9fb42abeb35fb5cdf3
                """));
    assertThat(Typed.in(home, "show", id.replace('c', 'd')).err())
        .startsWith("error: nothing at GET /runs/d638961f66f74e9fb42abeb35fb5ddf3");
  }

  @Test
  void aLogIsCopiedByteByByteWhereNobodyWatches() {
    server.answer("GET /runs/latest/steps/train%5Brelu%5D/log?attempt=2&tail=5", "a\r\u001b[2Jb\n");
    server.answer("GET /runs/digits/steps/train%5Brelu%5D/log?attempt=2&tail=5", "a\r\u001b[2Jb\n");
    assertThat(Typed.in(home, "logs", "digits", "train[relu]", "--attempt", "2", "-n", "5").out())
        .isEqualTo("a\r\u001b[2Jb\n");
  }

  @Test
  void theLogsOfSeveralStepsBeginWithTheirNames() {
    server.answer("GET /runs/latest", RUN);
    server.answer("GET /runs/digits-x7k2p/steps/train%5Brelu%5D/log", "1%\r99%\nepoch\u0007\n");
    assertThat(Typed.in(home, "logs").out()).isEqualTo("train[relu] | 99%\ntrain[relu] | epoch␇\n");
  }

  @Test
  void aDiffIsATable() {
    server.answer(
        "GET /runs/a/diff?with=b",
        "{\"left\": \"a\", \"right\": \"b\", \"differences\": [{\"what\": \"parameter\", \"name\":"
            + " \"lr\", \"left\": \"0.1\", \"right\": null}]}");
    assertThat(Typed.in(home, "diff", "a", "b").out())
        .isEqualTo(
            """
            WHAT          a    b
            parameter lr  0.1  –
            """);
  }

  @Test
  void stoppingRetryingAndRemovingSayWhatWasDone() {
    server.answer("POST /runs/latest/stop", "{\"id\": \"digits-x7k2p\", \"state\": \"running\"}");
    server.answer("POST /runs/digits/retry", "{\"id\": \"digits-x7k2p\", \"state\": \"running\"}");
    server.answer("GET /runs/digits", RUN).answer("DELETE /runs/digits-x7k2p?force=true", 204, "");
    assertThat(Typed.in(home, "stop")).isEqualTo(new Typed(0, "", "stopping digits-x7k2p\n"));
    assertThat(Typed.in(home, "retry", "digits", "-d"))
        .isEqualTo(new Typed(0, "digits-x7k2p\n", ""));
    assertThat(Typed.in(home, "delete", "digits", "--force"))
        .isEqualTo(new Typed(0, "", "removed digits-x7k2p\n"));
  }

  @Test
  void schedulesAreListedAndPaused() {
    server.answer(
        "GET /schedules",
        "{\"schedules\": [{\"name\": \"digits\", \"cron\": \"0 3 * * *\", \"timezone\":"
            + " \"Asia/Seoul\", \"next\": \"2026-11-22T18:00:00Z\"}]}");
    server.answer("POST /schedules/digits/pause", "{}");
    assertThat(Typed.in(home, "schedules").out())
        .isEqualTo(
            """
            SCHEDULE  CRON       TIMEZONE    NEXT        LAST RUN
            digits    0 3 * * *  Asia/Seoul  in 6 hours
            """);
    assertThat(Typed.in(home, "schedules", "pause", "digits").err()).isEqualTo("paused digits\n");
  }

  @Test
  void deletingAScheduleNamesTheCommandThatDoesIt() {
    server.answer(
        "GET /runs/digits",
        404,
        "{\"error\": {\"code\": \"not-found\", \"message\": \"there is no run `digits`\","
            + " \"exitCode\": 3}}");
    server.answer("GET /schedules", "{\"schedules\": [{\"name\": \"digits\"}]}");
    assertThat(Typed.in(home, "delete", "digits"))
        .isEqualTo(
            new Typed(
                3,
                "",
                """
                error: `digits` is a schedule, not a run
                  `ferry schedules rm digits` removes it
                """));
  }

  @Test
  void aSettingIsKeptBesideTheCommentsOfItsFile() throws IOException {
    Files.writeString(home.resolve("config"), "# mine\nidle = 5m\n");
    Typed.in(home, "config", "idle", "1h");
    Typed.in(home, "config", "tail", "5");
    Typed.in(home, "config", "--unset", "tail");
    assertThat(home.resolve("config")).hasContent("# mine\nidle = 1h\n");
    assertThat(Typed.in(home, "config", "idle").out()).isEqualTo("1h\n");
    assertThat(Typed.in(home, "config", "idel", "1h").err())
        .startsWith("error: there is no setting `idel`\n  did you mean `idle`?\n");
  }

  @Test
  void anUnknownSettingInTheFileIsNamedWithItsLine() throws IOException {
    Files.writeString(home.resolve("config"), "\nspeed = fast\n");
    assertThat(Typed.in(home, "config").err())
        .startsWith(
            "error: `speed` is no setting\n  it stands in "
                + home.resolve("config")
                + ", line 2\n");
  }

  @Test
  void completionNamesEveryCommandAndAsksForRuns() {
    assertThat(Typed.in(home, "completion", "bash").out())
        .contains(
            "run search explain runs show",
            "complete-words runs",
            "logs) options=\"--help -h --embedded --follow -f");
    server.answer("GET /runs?limit=50", "{\"runs\": [{\"id\": \"digits-x7k2p\"}]}");
    assertThat(Typed.in(home, "complete-words", "runs").out()).isEqualTo("digits-x7k2p\n");
  }

  @Test
  void aSettingThatCannotBeIsRefusedWhenItIsSet() {
    assertThat(Typed.in(home, "config", "idle", "soon"))
        .isEqualTo(
            new Typed(
                2,
                "",
                "error: the setting `idle` is `soon`; expected a duration like `10s`, `20m`,"
                    + " `1h30m` or `2d`\n"));
    assertThat(Typed.in(home, "config", "attempts", "-3").err())
        .isEqualTo(
            """
            error: the setting `attempts` is `-3`; expected a whole number, 1 to 999999
              where nothing is set, it is 100: `ferry config --unset attempts`
            """);
    assertThat(Typed.in(home, "config", "backend", "kubernets").err())
        .isEqualTo(
            """
            error: the setting `backend` is `kubernets`; expected one of argo, kubernetes, local
              did you mean `kubernetes`?
            """);
    assertThat(Typed.in(home, "config", "tail", "x").status()).isEqualTo(2);
    assertThat(Typed.in(home, "config", "pending-timeout", "never").status()).isEqualTo(2);
    assertThat(Typed.in(home, "config", "hosts", "a b;c").err()).contains("is `b;c`; expected");
    assertThat(Typed.in(home, "config", "image", "a b").status()).isEqualTo(2);
    assertThat(Typed.in(home, "config", "namespace", "My Team").status()).isEqualTo(2);
    assertThat(Typed.in(home, "config", "database", "postgresql://me:pw@db/x").err())
        .contains("holds a password");
    assertThat(home.resolve("config")).doesNotExist();
  }

  @Test
  void everySettingTakesTheValueThatHoldsWhereItIsNotSet() {
    Config.SETTINGS.stream()
        .filter(setting -> !setting.usual().isEmpty())
        .forEach(setting -> Config.check(setting.key(), setting.usual()));
    Config.check("hosts", "hub.example.org, lab:8443 other");
    Config.check("database", "postgresql://me@db/runs");
    Config.check("image", "registry.example.org:5000/team/python:3.12");
  }

  @Test
  void aSettingThatWasWrittenWrongIntoTheFileIsNamedWithItsLine() throws IOException {
    Files.writeString(home.resolve("config"), "# mine\nidle = soon\n");
    assertThat(Typed.in(home, "run", "true"))
        .isEqualTo(
            new Typed(
                2,
                "",
                "error: the setting `idle` is `soon`; expected a duration like `10s`, `20m`,"
                    + " `1h30m` or `2d`\n"
                    + "  it stands in "
                    + home.resolve("config")
                    + ", line 2; `ferry config idle VALUE` sets it anew\n"));
    assertThat(Typed.in(home, "doctor").out()).contains("broken   config    the setting `idle` is");
  }

  @Test
  void settingsThatAreNoTextAreCalledThat() throws IOException {
    Files.write(home.resolve("config"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(Typed.in(home, "config").err())
        .startsWith(
            "error: the settings in "
                + home.resolve("config")
                + " cannot be read: it is no text in UTF-8\n");
  }

  @Test
  void aHomeThatIsAFileIsTheCulprit() throws IOException {
    var file = Files.writeString(home.resolve("file"), "");
    assertThat(Typed.in(file, "run", "true"))
        .isEqualTo(
            new Typed(
                4,
                "",
                "error: Ferry's home `"
                    + file
                    + "` cannot be used: it is no directory\n"
                    + "  name a directory that you can write: `export FERRY_HOME=/path`\n"));
  }

  @Test
  void aHomeThatOthersCanWriteIsRefused() throws IOException {
    var open = Files.createDirectory(home.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    var words =
        "Ferry's home `"
            + open
            + "` can be written by others (mode 0777), who could change what runs";
    assertThat(Typed.in(open, "runs"))
        .isEqualTo(
            new Typed(
                4,
                "",
                "error: "
                    + words
                    + "\n  take that from them: `chmod go-w '"
                    + open
                    + "'`\n  or name a directory of your own: `export FERRY_HOME=/path`\n"));
    assertThat(Typed.in(open, "config", "tail", "3").status()).isEqualTo(4);
    assertThat(Typed.in(open, "doctor").out()).contains("broken   home      " + words);
    assertThat(open).isEmptyDirectory();
  }

  @Test
  void aHomeOfAnotherUserIsRefused() throws IOException {
    var other = Files.createDirectory(home.resolve("other"));
    assumeThat(Files.getAttribute(other, "unix:uid")).as("only root gives away").isEqualTo(0);
    Files.setAttribute(other, "unix:uid", 65_534);
    assertThat(Typed.in(other, "runs").err())
        .startsWith("error: Ferry's home `" + other + "` belongs to another user (uid 65534)\n");
  }

  @Test
  void everySettingThatAnErrorOrTheManualSetsIsOneThatThereIs() throws IOException {
    var checkout = Path.of(System.getProperty("ferry.checkout"));
    var named = new TreeSet<String>();
    for (var room : List.of("docs", "cli/src/main", "adapters/src/main", "server/src/main")) {
      try (var files = Files.walk(checkout.resolve(room))) {
        for (var file : files.filter(file -> file.toString().matches(".*[.](java|md)")).toList()) {
          var words = SET.matcher(Files.readString(file));
          words.results().forEach(found -> named.add(found.group(1)));
        }
      }
    }
    assertThat(named).isSubsetOf(Config.keys()).contains("image", "namespace");
  }

  @Test
  void aPromotionOfNothingIsNoModelOfThatName() {
    assertThat(Typed.in(home, "models", "promote"))
        .isEqualTo(
            new Typed(
                2,
                "",
                """
                error: no model is named: `ferry models promote NAME VERSION --alias ALIAS`
                  `ferry models` lists them
                """));
  }
}
