package ferry.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ferry.error.DiskTrouble;
import ferry.error.UserException;
import ferry.run.RunId;
import ferry.tracking.AttemptPath;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TroubleTest {
  private static final RunId RUN = new RunId("hello-aaaaa");

  @TempDir Path place;

  @Test
  void aFullDiskIsCalledThatWithAWayOut() {
    var full = new FileSystemException("/home/x", null, "No space left on device");
    assertThat(DiskTrouble.at(Path.of("/home/x"), full).error().message())
        .isEqualTo("the disk is full: `/home/x` could not be written");
    assertThat(DiskTrouble.at(Path.of("/home/x"), full).error().help())
        .startsWith("make room, for example with `ferry rm RUN`, and try again");
  }

  @Test
  void aReadOnlyHomeIsCalledThat() {
    var readOnly = new FileSystemException("/home/x", null, "Read-only file system");
    assertThat(DiskTrouble.words(Path.of("/home/x"), readOnly))
        .isEqualTo("`/home/x` lies on a read-only file system");
  }

  @Test
  void aHomeThatCannotBeWrittenLeavesCodeUnkeptAndSaysSo() throws IOException {
    var work = Files.createDirectory(place.resolve("work"));
    Files.writeString(work.resolve("x.py"), "1");
    var files = new FileHome(place.resolve("home"));
    Files.writeString(place.resolve("home/snapshots"), "a file in the way");
    var code = files.snapshots().keep(work);
    assertThat(code.snapshot()).isEmpty();
    assertThat(code.note().orElseThrow()).startsWith("the code is not kept: ");
  }

  @Test
  void whatCannotBeKeptIsAnErrorInWords() throws IOException {
    var work = Files.createDirectory(place.resolve("work"));
    Files.writeString(work.resolve("model"), "1");
    var files = new FileHome(place.resolve("home"));
    Files.writeString(place.resolve("home/artifacts"), "a file in the way");
    assertThatThrownBy(() -> files.artifacts().keep(RUN, "train", work, List.of("model")))
        .isInstanceOf(UserException.class);
  }

  @Test
  void aStepMayBeNamedLikeAFileOfTheRun() {
    assertThat(AttemptPath.of(place, RUN, "environment"))
        .isNotEqualTo(AttemptPath.of(place, RUN).resolve("environment"));
    assertThat(AttemptPath.fileName("train[relu]")).isEqualTo("train[relu]");
    assertThat(AttemptPath.fileName("train[a/b]")).isNotEqualTo(AttemptPath.fileName("train[a_b]"));
  }

  @Test
  void aFileThatIsNoTextIsCalledThat() {
    assertThat(DiskTrouble.reason(new java.nio.charset.MalformedInputException(1)))
        .isEqualTo("it is no text in UTF-8");
  }

  @Test
  void aFileWhereADirectoryShouldBeIsTheCulprit() throws IOException {
    var file = Files.writeString(place.resolve("runs"), "in the way");
    var trouble =
        catchThrowableOfType(
            IOException.class, () -> Home.createPrivate(place.resolve("runs/hello-aaaaa")));
    var error = DiskTrouble.at(place, trouble).error();
    assertThat(error.message())
        .isEqualTo("`" + file + "` is in the way, where Ferry makes something of its own");
    assertThat(error.help()).containsExactly("move it away, and try again");
  }

  @Test
  void aDirectoryWhereAFileShouldBeIsTheCulpritNotItsDraft() throws IOException {
    var directory = Files.createDirectories(place.resolve("server.json/x")).getParent();
    var draft = Files.writeString(place.resolve("server.json.1"), "{}");
    var trouble =
        catchThrowableOfType(
            IOException.class, () -> Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE));
    var error = DiskTrouble.at(place, trouble).error();
    assertThat(error.message()).isEqualTo("`" + directory + "` cannot be used: it is a directory");
    assertThat(error.help()).containsExactly("move it away, and try again");
  }

  @Test
  void anErrorOfTheSystemWithoutWordsHasSomeOfOurs() {
    assertThat(DiskTrouble.reason(new IOException())).isEqualTo("the file system refused it");
    assertThat(DiskTrouble.reason(new IOException("Input/output error")))
        .isEqualTo("input/output error");
  }
}
