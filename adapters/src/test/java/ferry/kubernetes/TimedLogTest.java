package ferry.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimedLogTest {
  private static final String ONE = "2026-11-23T01:00:00.000000001Z ";
  private static final String LATER = "2026-11-23T01:00:00.000000009Z ";
  private static final String GAP =
      "[ferry: lines are missing here; the node had already thrown them away]\n";
  private static final String TWO = "2026-11-23T01:00:02.5Z ";

  @TempDir Path directory;
  private final List<LastWord.Said> said = new ArrayList<>();

  private TimedLog open() throws IOException {
    return new TimedLog(directory, UnaryOperator.identity(), new LastWord("r/s/1", said::add));
  }

  private static void take(TimedLog log, String text) throws IOException {
    var bytes = text.getBytes(UTF_8);
    log.take(bytes, bytes.length);
  }

  private Path copy() {
    return directory.resolve("log");
  }

  @Test
  void linesComeWithoutTheirTimes() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, ONE + "a\n" + TWO + "b");

      assertThat(copy()).hasContent("a\nb");
      assertThat(log.since()).contains("2026-11-23T01:00:00Z");
    }
  }

  @Test
  void linesOfTwoStreamsStandInTheOrderOfTheLogWhateverTheirTimes() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, LATER + "of one stream\n" + ONE + "of the other\n");
      log.begin();
      take(log, LATER + "of one stream\n" + ONE + "of the other\n" + ONE + "and more\n");
    }

    assertThat(copy()).hasContent("of one stream\nof the other\nand more\n");
  }

  @Test
  void aLineThatCameAfterALaterOneIsReadWhereTheCopyBrokeOffBetweenThem() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, LATER + "of one stream\n");
      log.begin();
      take(log, LATER + "of one stream\n" + ONE + "of the other\n");
    }

    assertThat(copy()).hasContent("of one stream\nof the other\n");
  }

  @Test
  void whatIsLeftOfALogWhoseLastLineDoesNotComeAgainIsNew() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, ONE + "a\n");
      log.begin();
      take(log, LATER + "b\n");
      assertThatExceptionOfType(Resumption.Shorter.class)
          .isThrownBy(log::end)
          .matches(answer -> answer.hasLater);
      log.giveUpLast();
      log.begin();
      take(log, LATER + "b\n");
      log.end();
    }

    assertThat(copy()).hasContent("a\n" + GAP + "b\n");
  }

  @Test
  void anAnswerThatEndsBeforeTheLastLineIsAskedForAgain() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, ONE + "a\n" + LATER + "b\n");
      log.begin();
      take(log, ONE + "a\n");
      assertThatExceptionOfType(Resumption.Shorter.class).isThrownBy(log::end);
      log.begin();
      take(log, ONE + "a\n" + LATER + "b\n" + TWO + "c\n");
      log.end();
    }

    assertThat(copy()).hasContent("a\nb\nc\n");
  }

  @Test
  void anAnswerWithoutALastLineThatIsOlderThanOthersIsNoGapEither() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, LATER + "of one stream\n" + ONE + "of the other\n");
      log.begin();
      take(log, LATER + "of one stream\n");
      assertThatExceptionOfType(Resumption.Shorter.class).isThrownBy(log::end);
      log.begin();
      take(log, LATER + "of one stream\n" + ONE + "of the other\n");
      log.end();
    }

    assertThat(copy()).hasContent("of one stream\nof the other\n");
  }

  @Test
  void aLogThatIsReadAgainIsNotWrittenTwice() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, ONE + "a\n" + TWO + "b\n" + TWO + "c\n");
      log.begin();
      take(log, ONE + "a\n" + TWO + "b\n" + TWO + "c\n" + TWO + "d\n");
    }

    assertThat(copy()).hasContent("a\nb\nc\nd\n");
  }

  @Test
  void anotherServerGoesOnWhereTheLastNoteWas() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, ONE + "a\n");
    }
    try (var raw = new RandomAccessFile(copy().toFile(), "rw")) {
      raw.seek(raw.length());
      raw.write("half a li".getBytes(UTF_8));
    }

    try (var log = open()) {
      log.begin();
      take(log, ONE + "a\n" + TWO + "b\n");
    }

    assertThat(copy()).hasContent("a\nb\n");
  }

  @Test
  void aDiskThatLostTheCopyButNotTheNoteIsFilledAgain() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, ONE + "a\n" + TWO + "b\n");
    }
    try (var raw = new RandomAccessFile(copy().toFile(), "rw")) {
      raw.setLength(1);
    }

    try (var log = open()) {
      assertThat(log.since()).isEmpty();
      log.begin();
      take(log, ONE + "a\n" + TWO + "b\n");
    }

    assertThat(copy()).hasContent("a\nb\n");
  }

  private void loseTheEnd() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, ONE + "a\n" + TWO + "b\n" + TWO + "c\n");
    }
    try (var raw = new RandomAccessFile(copy().toFile(), "rw")) {
      raw.setLength(3);
    }
  }

  @Test
  void whatADiskKeptOfACopyStaysWhereTheNodeHasNothing() throws IOException {
    loseTheEnd();

    try (var log = open()) {
      log.begin();
    }
    try (var log = open()) {
      log.begin();
      log.say("the end is missing");
    }

    assertThat(copy()).hasContent("a\nb\n[ferry: the end is missing]\n");
  }

  @Test
  void whatADiskKeptOfACopyStaysWhereTheNodeHasOnlyWhatCameLater() throws IOException {
    loseTheEnd();

    try (var log = open()) {
      log.begin();
      take(log, TWO + "c\n");
      log.end();
    }

    assertThat(copy())
        .hasContent(
            "a\nb\n[ferry: this machine's disk lost lines here;"
                + " what the node still has of the log follows]\nc\n");
  }

  @Test
  void whatADiskKeptOfACopyIsNotWrittenTwiceHoweverOftenTheReadingBreaksOff() throws IOException {
    loseTheEnd();

    try (var log = open()) {
      log.begin();
      take(log, ONE + "a\n");
      assertThat(log.since()).isEmpty();
      log.begin();
      take(log, ONE + "a\n");
      take(log, TWO + "b\n" + TWO + "c\n" + TWO + "d\n");
      log.end();
    }

    assertThat(copy()).hasContent("a\nb\nc\nd\n");
  }

  @Test
  void aGapIsShownAsAGap() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, ONE + "a\n");
      log.begin();
      assertThatExceptionOfType(Resumption.Gap.class)
          .isThrownBy(() -> take(log, TWO + "c\n" + TWO + "d\n"));
      log.begin();
      take(log, TWO + "c\n" + TWO + "d\n");
    }

    assertThat(copy()).hasContent("a\n" + GAP + "c\nd\n");
  }

  @Test
  void anotherContainersLogIsNoGap() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, TWO + "a\n");
      log.say("again");
      log.beginAnother();
      log.begin();
      take(log, ONE + "b\n");
    }

    assertThat(copy()).hasContent("a\n[ferry: again]\nb\n");
  }

  @Test
  void theLogOfAPodThatTookTheOthersPlaceMeanwhileIsReadWhole() throws IOException {
    try (var log = open()) {
      assertThat(log.readPod("one")).isTrue();
      log.begin();
      take(log, TWO + "a\n");
    }

    try (var log = open()) {
      assertThat(log.readPod("other")).isTrue();
      assertThat(log.since()).isEmpty();
      log.begin();
      take(log, ONE + "a\n" + TWO + "b\n");
    }

    assertThat(Files.readString(copy()))
        .startsWith("a\n[ferry: the Pod was deleted while no server followed it")
        .endsWith("]\na\nb\n");
  }

  @Test
  void theNextServerGoesOnWithTheSamePodAndReadsNoneTwiceThatCameBefore() throws IOException {
    try (var log = open()) {
      log.readPod("one");
      log.begin();
      take(log, ONE + "a\n");
      log.beginAnother();
      log.readPod("other");
      log.begin();
      take(log, TWO + "b\n");
    }

    try (var log = open()) {
      assertThat(log.readPod("one")).isFalse();
      assertThat(log.readPod("other")).isTrue();
      log.begin();
      take(log, TWO + "b\n" + TWO + "c\n");
    }

    assertThat(copy()).hasContent("a\nb\nc\n");
  }

  @Test
  void aNoteThatNamesNoPodIsOfTheOneThatIsThere() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, ONE + "a\n");
    }
    Files.writeString(directory.resolve("log.position"), "2 2026-11-23T01:00:00.000000001Z 1 ok");

    try (var log = open()) {
      assertThat(log.readPod("one")).isTrue();
      log.begin();
      take(log, ONE + "a\n" + TWO + "b\n");
    }

    assertThat(copy()).hasContent("a\nb\n");
  }

  @Test
  void aWordOfTheNodesOwnIsNoLine() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, "unable to retrieve container logs for containerd://1\n");

      assertThat(log.isBroken()).isTrue();
    }
    assertThat(copy()).isEmptyFile();
  }

  @Test
  void aSecretIsHidden() throws IOException {
    var mask = new Mask(Map.of("KEY", "über\nsecret"));
    try (var log = new TimedLog(directory, mask::hide, new LastWord("r/s/1", said::add))) {
      log.begin();
      take(log, ONE + "key: über\n" + TWO + "secret!\n");
    }

    assertThat(copy()).hasContent("key: ***\n***!\n");
  }

  @Test
  void piecesOfOutputsAreNoLines() throws IOException {
    var piece = Base64.getEncoder().encodeToString("packed".getBytes(UTF_8));
    try (var log = open()) {
      log.begin();
      take(log, ONE + "no line feed" + "\u001eferry-output 0 " + piece + "\n");
    }

    assertThat(copy()).hasContent("no line feed");
    assertThat(directory.resolve("outputs.tgz")).hasContent("packed");
  }

  @Test
  void theLastWordIsToldOnceItWasSaidOnBothStreamsAndStandsInNoCopy() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, ONE + "a\u001eferry-end = n=2\n" + ONE + "\u001eferry-end = m=x y\n");
      take(log, ONE + "\u001eferry-end 1 0 2 0 r/s/1\n");
      assertThat(said).isEmpty();
      take(log, TWO + "late on the other stream\n" + TWO + "\u001eferry-end 2 0 2 0 r/s/1\n");
    }

    assertThat(said).containsExactly(new LastWord.Said(0, "n=2\nm=x y", true));
    assertThat(copy()).hasContent("alate on the other stream\n");
  }

  @Test
  void whatTheLogOfAnotherStepSaysOfItsEndMeansNothing() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, ONE + "\u001eferry-end = n=2\n" + ONE + "\u001eferry-end 1 0 1 0 r/t/1\n");
      take(log, ONE + "\u001eferry-end 2 0 1 0 r/t/1\n");
      take(log, TWO + "\u001eferry-end 1 3 0 1 r/s/1\n" + TWO + "\u001eferry-end 2 3 0 1 r/s/1\n");
    }

    assertThat(said).containsExactly(new LastWord.Said(3, "", false));
  }
}
