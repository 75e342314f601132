package ferry.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ferry.cron.CronTimes;
import ferry.error.UserException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that were made to break a reader, or that are no files for it at all. */
@Timeout(60)
class HostileFilesTest {

  @Test
  void aHugeFileIsRefusedByItsSize() {
    assertThat(shown(() -> WorkflowFiles.checkSize("data.yaml", 50 * 1024 * 1024)))
        .isEqualTo(
            """
            error: `data.yaml` has 52,428,800 bytes; a workflow file has 1,048,576 at most
              is this the file you meant? data belongs into files of its own
            """);
    assertThat(shown(() -> read("a".repeat(2_000_000))))
        .startsWith("error: `ferry.yaml` has 2,000,000 bytes");
  }

  @Test
  void aFewLinesCannotGrowToABillionValues() {
    var bomb = new StringBuilder("steps: {a: echo}\nl0: &l0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append(
          "l%d: &l%d [%s]\n".formatted(i, i, ("*l" + (i - 1) + ", ").repeat(9) + "*l" + (i - 1)));
    }

    assertThat(shown(() -> read(bomb.toString())))
        .startsWith("error: the file grows to more than 200,000 values\n  --> ferry.yaml:");
  }

  @Test
  void mergesCannotGrowEither() {
    var bomb = new StringBuilder("steps: {a: echo}\nl0: &l0 {a: 1, b: 2}\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("l%d: &l%d {<<: [*l%d, *l%d], k%d: 1}\n".formatted(i, i, i - 1, i - 1, i));
    }

    assertThat(shown(() -> read(bomb.toString()))).startsWith("error: the file grows to more than");
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(shown(() -> read("steps: " + "[".repeat(100_000))))
        .startsWith(
            "error: lists and mappings are nested more than 50 deep\n  --> ferry.yaml:1:57\n");
    assertThat(shown(() -> read("steps: " + "{a: ".repeat(100_000)))).contains("more than 50 deep");
    assertThat(shown(() -> read("- ".repeat(100_000)))).contains("more than 50 deep");
  }

  @Test
  void aLongLineIsShownCut() {
    var thrown = thrown(() -> read("steps: {a: \"" + "x".repeat(500_000) + "\", b: 5}"));

    assertThat(thrown.location().orElseThrow().text()).hasSize(400);
    assertThat(thrown.error().message()).isEqualTo("`run` is the number `5`; expected a command");
  }

  @Test
  void manyStepsAreReadInNoTime() {
    var text = new StringBuilder("steps:\n  s0: echo\n");
    for (int i = 1; i < 10_000; i++) {
      text.append("  s%d: {after: s%d, run: echo}\n".formatted(i, i - 1));
    }

    var reading =
        new WorkflowFiles(new CronTimes(), ZoneOffset.UTC).read("ferry.yaml", text.toString());

    assertThat(reading.workflow().steps()).hasSize(10_000);
  }

  @Test
  void repetitionsAreBounded() {
    var list = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";
    var text =
        "steps: {a: {run: echo, foreach: {a: %s, b: %s, c: %s, d: %s, e: %s, f: %s}}}"
            .replace("%s", list);

    assertThat(shown(() -> read(text)))
        .startsWith("error: `foreach` of step `a` is more than 100,000 combinations");
  }

  @Test
  void binaryFilesAreCalledSo() {
    assertThat(shown(() -> decode(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 0, 0, (byte) 0xff})))
        .startsWith("error: `ferry.yaml` is not a workflow file: it looks like a binary file");
    assertThat(shown(() -> read("steps:\u0000"))).contains("it looks like a binary file");
  }

  @Test
  void otherEncodingsAreCalledSo() {
    assertThat(shown(() -> decode("steps: {a: echo}".getBytes(StandardCharsets.UTF_16))))
        .isEqualTo(
            """
            error: `ferry.yaml` cannot be read as text: it is in UTF-16
              save the file as UTF-8
            """);
    assertThat(shown(() -> decode("steps:\n  a: é\n".getBytes(StandardCharsets.ISO_8859_1))))
        .startsWith("error: `ferry.yaml` cannot be read as text: byte 0xe9 on line 2 is not UTF-8");
  }

  @Test
  void charactersThatCannotBePrintedAreNamed() {
    assertThat(shown(() -> read("steps:\n  a: echo \u0007\n")))
        .isEqualTo(
            """
            error: the character U+0007 cannot stand in it
              --> ferry.yaml:2:11
              |   a: echo \uFFFD
              |           ^
              take it away; between double quotes it is written `\\u0007`
            """);
    assertThat(shown(() -> read("a: \ud800"))).startsWith("error: the character U+D800");
  }

  @Test
  void columnsCountCharactersNotUnits() {
    assertThat(shown(() -> read("steps: {a: {run: 'echo 🚀', cpu: x}}")))
        .contains("--> ferry.yaml:1:33\n");
  }

  private static UserException thrown(ThrowingCallable call) {
    return catchThrowableOfType(UserException.class, call);
  }

  private static String shown(ThrowingCallable call) {
    return Shown.error(thrown(call));
  }

  private static void read(String text) {
    new WorkflowFiles(new CronTimes(), ZoneOffset.UTC).read("ferry.yaml", text);
  }

  private static void decode(byte[] bytes) {
    read(WorkflowFiles.decode("ferry.yaml", bytes));
  }
}
