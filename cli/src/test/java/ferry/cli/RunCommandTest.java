package ferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.cli.client.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
  private static final String SUBMITTED =
      "{\"id\": \"hello-bcdfg\", \"steps\": 2, \"warnings\": [\"key `x` means nothing here\"]}";
  private static final String TAKEN =
      "{\"error\": {\"code\": \"id-taken\", \"message\": \"another run is already named\","
          + " \"exitCode\": 2}}";

  private static final String UNREAD =
      "{\"error\": {\"code\": \"unread-kind\", \"message\": \"this is Katib's Experiment\","
          + " \"exitCode\": 2}}";

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

  private Json body(int request) throws IOException {
    return Json.parse(server.bodies().get(request).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aDetachedRunPrintsItsIdAlone() {
    server.answer("POST /runs", 201, SUBMITTED);
    assertThat(Typed.in(home, "run", "--detach", "true >> true"))
        .isEqualTo(new Typed(0, "hello-bcdfg\n", "warning: key `x` means nothing here\n"));
  }

  @Test
  void aOneLinerIsSentWithTheFactsOfThePlace() throws IOException {
    server.answer("POST /runs", 201, SUBMITTED);
    Typed.in(
        home,
        "run",
        "-d",
        "python t.py {lr}",
        "-p",
        "lr=0.1",
        "--cpu",
        "2",
        "--memory",
        "1Gi",
        "--name",
        "t",
        "--on",
        "local");
    var body = body(0);
    assertThat(body.text("kind")).isEqualTo("one-liner");
    assertThat(body.text("text")).isEqualTo("python t.py {lr}");
    assertThat(body.text("key")).matches("[a-z2-9]{5}");
    assertThat(body.get("params").text("lr")).isEqualTo("0.1");
    assertThat(body.get("set").entries().keySet()).containsExactly("cpu", "memory");
    assertThat(body.text("name")).isEqualTo("t");
    assertThat(body.text("backend")).isEqualTo("local");
    assertThat(body.get("place").text("directory")).isEqualTo(home.toString());
    assertThat(body.get("place").text("user")).isEqualTo("ada");
    assertThat(body.get("place").get("environment").text("PATH")).isEqualTo("/usr/bin:/bin");
  }

  @Test
  void wordsAfterTwoHyphensAreTheCommandAsTheyAre() throws IOException {
    server.answer("POST /runs", 201, SUBMITTED);
    Typed.in(home, "run", "-d", "--", "python", "train.py", "--lr", "0.1", "--", ">>");
    assertThat(body(0).text("kind")).isEqualTo("exec");
    assertThat(body(0).texts("argv"))
        .containsExactly("python", "train.py", "--lr", "0.1", "--", ">>");
  }

  @Test
  void jupyterFlowsSpellingWorks() throws IOException {
    server.answer("POST /runs", 201, SUBMITTED);
    Typed.in(home, "run", "-d", "-c", "python a.py >> python b.py");
    assertThat(body(0).text("text")).isEqualTo("python a.py >> python b.py");
  }

  @Test
  void aFileRunsBesideItself() throws IOException {
    server.answer("POST /runs", 201, SUBMITTED);
    Files.createDirectories(home.resolve("examples/digits"));
    Files.writeString(home.resolve("examples/digits/ferry.yaml"), "steps: {é: true}\n");
    Typed.in(home, "run", "-d", "-f", "examples/digits/ferry.yaml");
    assertThat(body(0).text("kind")).isEqualTo("file");
    assertThat(body(0).text("file")).isEqualTo("examples/digits/ferry.yaml");
    assertThat(body(0).text("text")).isEqualTo("steps: {é: true}\n");
    assertThat(body(0).get("place").text("directory"))
        .isEqualTo(home.resolve("examples/digits").toString());
  }

  @Test
  void aFileCanComeFromStandardInput() throws IOException {
    server.answer("POST /runs", 201, SUBMITTED);
    Typed.withInput(home, "steps: {a: true}\n", "run", "-d", "-f", "-");
    assertThat(body(0).text("text")).isEqualTo("steps: {a: true}\n");
    assertThat(body(0).get("place").text("directory")).isEqualTo(home.toString());
  }

  @Test
  void aConnectionThatBreaksIsMadeAgainWithTheSameKey() throws IOException {
    server.breakOff("POST /runs").answer("POST /runs", 201, SUBMITTED);
    assertThat(Typed.in(home, "run", "-d", "true").out()).isEqualTo("hello-bcdfg\n");
    assertThat(body(0).text("key")).isEqualTo(body(1).text("key"));
  }

  @Test
  void aKeyThatIsTakenIsDrawnAnew() throws IOException {
    server.answer("POST /runs", 409, TAKEN).answer("POST /runs", 201, SUBMITTED);
    assertThat(Typed.in(home, "run", "-d", "true").out()).isEqualTo("hello-bcdfg\n");
    assertThat(body(0).text("key")).isNotEqualTo(body(1).text("key"));
  }

  @Test
  void anErrorOfTheServerHasItsCaretAndExitStatus() {
    server.answer(
        "POST /runs",
        400,
        """
        {"error": {"code": "empty-branch", "message": "there is no command between the arrows", "exitCode": 2,
         "help": ["write a command there"],
         "location": {"source": "command", "line": 1, "column": 6, "length": 2, "text": "a >> >> b"}}}
        """);
    assertThat(Typed.in(home, "run", "a >> >> b"))
        .isEqualTo(
            new Typed(
                2,
                "",
                """
                error: there is no command between the arrows
                  a >> >> b
                       ^^
                  write a command there
                """));
  }

  @Test
  void aDryRunInWordsIsWhatExplainSays() {
    server.answer(
        "POST /runs",
        "{\"words\": [\"prepare runs first\", \"then train\"], \"yaml\": \"a: 1\\n\", \"objects\":"
            + " [{\"a\": 1}]}");
    assertThat(Typed.in(home, "run", "--dry-run", "a >> b"))
        .isEqualTo(new Typed(0, "prepare runs first\nthen train\n", ""))
        .isEqualTo(Typed.in(home, "explain", "a >> b"));
    assertThat(Typed.in(home, "run", "--dry-run", "-o", "yaml", "a").out()).isEqualTo("a: 1\n");
    assertThat(Typed.in(home, "run", "--dry-run", "-o", "json", "a").out())
        .isEqualTo("[\n  {\n    \"a\": 1\n  }\n]\n");
  }

  @Test
  void aFileThatSaysHowToSearchIsExplainedAsASearch() throws IOException {
    var file = Files.writeString(home.resolve("katib.yaml"), "kind: Experiment\n").toString();
    server.answer("POST /runs", 400, UNREAD);
    server.answer("POST /experiments", 200, "{\"words\": [\"searches 1 parameter\"]}");

    assertThat(Typed.in(home, "explain", "-f", file))
        .isEqualTo(new Typed(0, "searches 1 parameter\n", ""));
    assertThat(body(1).isTrue("dryRun")).isTrue();
  }

  @Test
  void whatIsNeitherWorkflowNorSearchIsToldAsAWorkflow() throws IOException {
    var file = Files.writeString(home.resolve("ferry.yaml"), "steps: 3\n").toString();
    server.answer("POST /runs", 400, UNREAD.replace("unread-kind", "wrong-type"));
    server.answer("POST /experiments", 400, TAKEN.replace("id-taken", "missing-key"));

    assertThat(Typed.in(home, "explain", "-f", file).err()).startsWith("error: this is Katib's");
  }

  @Test
  void whatIsWrongInASearchsFileIsToldOfTheSearch() throws IOException {
    var file = Files.writeString(home.resolve("katib.yaml"), "kind: Experiment\n").toString();
    server.answer("POST /runs", 400, UNREAD);
    server.answer("POST /experiments", 400, TAKEN.replace("id-taken", "missing-key"));

    assertThat(Typed.in(home, "explain", "-f", file).err()).startsWith("error: another run is");
  }

  @Test
  void aTimeForAUnitThatIsNoneIsRefusedBeforeAnythingElseIsSaid() {
    assertThat(Typed.in(home, "search", "a {x}", "--dry-run", "--unit-time", "30"))
        .isEqualTo(
            new Typed(
                2,
                "",
                """
                error: `--unit-time` is `30`; expected a duration like `10s`, `20m`, `1h30m` or `2d`
                  did you mean `30s`?
                """));
    assertThat(Typed.in(home, "search", "a {x}", "--dry-run", "--unit-time", "0s").err())
        .isEqualTo("error: `--unit-time` is `0s`; expected a duration above zero, like `10s`\n");
    assertThat(Typed.in(home, "search", "a {x}", "--unit-time", "3s").err())
        .isEqualTo(
            "error: `--unit-time` is for a preview, which `--dry-run` shows\n  add `--dry-run`\n");
  }

  @Test
  void aScheduleIsSaid() {
    server.answer(
        "POST /runs",
        201,
        "{\"schedule\": \"digits\", \"next\": \"2026-11-23T03:00:00Z\", \"timezone\":"
            + " \"Asia/Seoul\", \"notes\": [\"it takes the place of another\"]}");
    assertThat(Typed.in(home, "run", "a"))
        .isEqualTo(
            new Typed(
                0,
                "digits\n",
                "it takes the place of another\n"
                    + "scheduled: digits runs next at 2026-11-23 12:00:00 Asia/Seoul (in 15"
                    + " hours); `ferry schedules` lists it, `--now` runs it once now\n"));
  }

  @Test
  void severalWordsAskForQuotes() {
    assertThat(Typed.in(home, "run", "python", "a.py"))
        .isEqualTo(
            new Typed(
                2,
                "",
                """
                error: the command came as 2 words
                  write it in quotes: `ferry run "python a.py"`
                  or after two hyphens, where its arguments stay as they are: `ferry run -- python a.py`
                """));
  }

  @Test
  void nothingToRunNamesTheFileThatIsThere() throws IOException {
    Files.writeString(home.resolve("ferry.yaml"), "steps: {}\n");
    assertThat(Typed.in(home, "run").err())
        .startsWith(
            "error: nothing is said to be run\n  the file here: `ferry run -f ferry.yaml`\n");
  }

  @Test
  void aFileThatIsNotThereIsNamedWithWhereItWasLookedFor() {
    assertThat(Typed.in(home, "run", "-f", "x.yaml"))
        .isEqualTo(
            new Typed(
                2,
                "",
                "error: there is no file `x.yaml`\n  no workflow file lies in " + home + "\n"));
  }

  @Test
  void aFileThatIsNotThereIsComparedWithThoseThatAre() throws IOException {
    Files.writeString(home.resolve("train.yaml"), "steps: {}\n");
    Files.writeString(home.resolve("search.yml"), "steps: {}\n");
    assertThat(Typed.in(home, "run", "-f", "trian.yaml").err())
        .isEqualTo("error: there is no file `trian.yaml`\n  did you mean `train.yaml`?\n");
    assertThat(Typed.in(home, "run", "-f", "other.yaml").err())
        .endsWith("\n  workflow files here: search.yml, train.yaml\n");
  }

  @Test
  void aDirectoryIsNoFile() throws IOException {
    Files.createDirectory(home.resolve("d"));
    Files.writeString(home.resolve("d/ferry.yaml"), "");
    assertThat(Typed.in(home, "run", "-f", "d").err())
        .isEqualTo("error: `d` is a directory\n  did you mean `d/ferry.yaml`?\n");
  }

  @Test
  void aHugeFileIsRefusedBeforeItIsSent() throws IOException {
    Files.write(home.resolve("huge.yaml"), new byte[9 << 20]);
    assertThat(Typed.in(home, "run", "-f", "huge.yaml").err())
        .startsWith("error: `huge.yaml` is larger than 1 MiB; expected a workflow file\n");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void bytesThatAreNoTextAreRefusedWithTheirLine() throws IOException {
    Files.write(home.resolve("bad.yaml"), new byte[] {'a', '\n', 'b', (byte) 0xFF});
    assertThat(Typed.in(home, "run", "-f", "bad.yaml").err())
        .isEqualTo("error: `bad.yaml` is no text in UTF-8: line 2 holds other bytes\n");
  }

  @Test
  void aParameterWithoutAValueIsRefused() {
    assertThat(Typed.in(home, "run", "a", "-p", "lr").err())
        .isEqualTo(
            """
            error: `--param lr` has no name and value; expected NAME=VALUE
              for example: `--param lr=0.1`
            """);
  }
}
