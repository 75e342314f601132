package ferry.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.UserException;
import ferry.tracking.ArtifactFiles;
import ferry.tracking.ArtifactFiles.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadedFilesTest {
  @TempDir private Path home;
  private ArtifactFiles files;

  @BeforeEach
  void open() {
    files = new UploadedFiles(home);
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private String read(String path) throws IOException {
    return Files.readString(files.locate(path).orElseThrow());
  }

  @Test
  void whatIsKeptIsThere() throws IOException {
    files.keep("1/run/artifacts/a b/é.txt", text("hallo"));

    assertThat(read("1/run/artifacts/a b/é.txt")).isEqualTo("hallo");
    assertThat(files.list("1/run/artifacts"))
        .containsExactly(new ArtifactFiles.Entry("a b", true, 0));
    assertThat(files.list("1/run/artifacts/a b"))
        .containsExactly(new ArtifactFiles.Entry("é.txt", false, 5));
    assertThat(files.list("nothing")).isEmpty();
  }

  @Test
  void anUploadThatBreaksOffLeavesWhatWasThere() throws IOException {
    files.keep("f", text("before"));
    var closed = InputStream.nullInputStream();
    closed.close();
    var broken = new SequenceInputStream(text("half"), closed);

    assertThatThrownBy(() -> files.keep("f", broken)).isInstanceOf(UserException.class);

    assertThat(read("f")).isEqualTo("before");
    assertThat(home.resolve("artifacts/incoming")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/etc/passwd", "../x", "a/../../x", "a/./b", "a//b", "a\\b", "a\0b", ".."})
  void aPathThatWouldLeaveTheTreeIsRefused(String path) {
    assertThatThrownBy(() -> files.keep(path, text("x"))).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> files.locate(path)).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> files.delete(path)).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> files.begin(path)).isInstanceOf(UserException.class);
  }

  @Test
  void aLinkLeadsNowhere() throws IOException {
    files.keep("run/f", text("x"));
    Files.createSymbolicLink(home.resolve("artifacts/tracked/run/out"), Path.of("/tmp"));

    assertThatThrownBy(() -> files.locate("run/out/x")).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> files.list("run/out")).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> files.keep("run/out/x", text("x"))).isInstanceOf(UserException.class);
  }

  @Test
  void aFileIsNoDirectory() {
    files.keep("a/b", text("x"));

    assertThatThrownBy(() -> files.keep("a/b/c", text("x"))).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> files.keep("a", text("x"))).isInstanceOf(UserException.class);
  }

  @Test
  void partsBecomeOneFile() throws IOException {
    var upload = files.begin("big");
    var second = files.part(upload, 2, text("world"));
    var first = files.part(upload, 1, text("hello "));
    assertThat(files.locate("big")).isEmpty();

    files.complete("big", upload, List.of(new Part(2, second), new Part(1, "\"" + first + "\"")));

    assertThat(read("big")).isEqualTo("hello world");
    assertThatThrownBy(() -> files.part(upload, 3, text("late"))).isInstanceOf(UserException.class);
  }

  @Test
  void aFinishedUploadIsFinishedForEverybodyWhoAsksAgain() throws IOException {
    var upload = files.begin("big");
    var parts = List.of(new Part(1, files.part(upload, 1, text("hello"))));
    files.complete("big", upload, parts);
    var first = Files.getLastModifiedTime(files.locate("big").orElseThrow());

    files.complete("big", upload, parts);
    new UploadedFiles(home).complete("big", upload, parts);

    assertThat(read("big")).isEqualTo("hello");
    assertThat(Files.getLastModifiedTime(files.locate("big").orElseThrow())).isEqualTo(first);
  }

  @Test
  void aFinishedUploadBecomesNoOtherFile() {
    var upload = files.begin("big");
    var parts = List.of(new Part(1, files.part(upload, 1, text("hello"))));
    files.complete("big", upload, parts);

    assertThatThrownBy(() -> files.complete("other", upload, parts))
        .hasMessageContaining("is finished already");
    assertThat(files.locate("other")).isEmpty();
  }

  /** As after a client's timeout: whoever is told that it is done finds the file whole. */
  @Test
  void severalWhoPutAnUploadTogetherAtOnceGetItWhole() throws Exception {
    var piece = "0123456789abcdef".repeat(1 << 18);
    var upload = files.begin("big");
    var first = new Part(1, files.part(upload, 1, text(piece)));
    var second = new Part(2, files.part(upload, 2, text(piece)));
    var start = new CountDownLatch(1);

    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> completing =
          () -> {
            start.await();
            files.complete("big", upload, List.of(first, second));
            return read("big");
          };
      var answers = Stream.generate(() -> callers.submit(completing)).limit(6).toList();
      start.countDown();

      assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).isEqualTo(piece + piece));
    }
  }

  @Test
  void anUploadOfNoPartsIsNoFile() {
    var upload = files.begin("big");
    files.part(upload, 1, text("hello"));

    assertThatThrownBy(() -> files.complete("big", upload, List.of()))
        .isInstanceOf(UserException.class);
    assertThat(files.locate("big")).isEmpty();
  }

  @Test
  void aPartThatIsAnotherThanWasSentIsRefused() {
    var upload = files.begin("big");
    files.part(upload, 1, text("hello"));

    assertThatThrownBy(() -> files.complete("big", upload, List.of(new Part(1, "0".repeat(64)))))
        .isInstanceOf(UserException.class);
    assertThat(files.locate("big")).isEmpty();
  }

  @Test
  void aDirectoryIsDeletedWithAllThatIsInIt() {
    files.keep("run/a/b", text("x"));

    assertThat(files.delete("run")).isTrue();
    assertThat(files.delete("run")).isFalse();
    assertThat(files.list("run")).isEmpty();
  }

  @Test
  void whatAnUploadLeftThatBrokeOffLongAgoIsSweptAndWhatGoesOnStays() throws IOException {
    var now = Instant.parse("2026-11-23T12:00:00Z");
    var incoming = home.resolve("artifacts/incoming");
    var longAgo = files.begin("a");
    files.part(longAgo, 1, text("one"));
    var goesOn = files.begin("b");
    files.part(goesOn, 1, text("one"));
    Files.writeString(incoming.resolve("draft.file"), "half");
    files.keep("whole", text("whole"));
    touch(incoming.resolve("draft.file"), now.minusSeconds(90_000));
    touch(incoming.resolve(longAgo), now.minusSeconds(90_000));
    touch(only(incoming.resolve(longAgo)), now.minusSeconds(90_000));
    touch(incoming.resolve(goesOn), now.minusSeconds(90_000));
    touch(only(incoming.resolve(goesOn)), now.minusSeconds(60));

    new BrokenOffUploads(home).sweep(now);

    assertThat(only(incoming)).isEqualTo(incoming.resolve(goesOn));
    assertThat(read("whole")).isEqualTo("whole");
  }

  @Test
  void aHomeWithoutUploadsHasNothingToSweep() {
    new BrokenOffUploads(home.resolve("other")).sweep(Instant.EPOCH);

    assertThat(home.resolve("other")).doesNotExist();
  }

  private static void touch(Path file, Instant at) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(at));
  }

  private static Path only(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.toList().getFirst();
    }
  }
}
