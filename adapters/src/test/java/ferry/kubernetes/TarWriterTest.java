package ferry.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is packed here is unpacked by tar, and the other way round. */
class TarWriterTest {
  private static final String LONG = "a-directory-with-a-long-name/".repeat(6) + "größe.txt";

  @TempDir Path directory;

  private static byte[] sample() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarWriter(bytes)) {
      tar.directory("empty");
      tar.file("run.sh", "echo hi\n".getBytes(UTF_8), true);
      tar.file(LONG, "long".getBytes(UTF_8), false);
      tar.file("block", new byte[512], false);
      tar.link("link", "run.sh");
    }
    return bytes.toByteArray();
  }

  @Test
  void tarUnpacksIt() throws Exception {
    Files.write(directory.resolve("sample.tar"), sample());

    var tar =
        new ProcessBuilder("tar", "-xf", "sample.tar")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();

    assertThat(new String(tar.getInputStream().readAllBytes(), UTF_8)).isEmpty();
    assertThat(tar.waitFor()).isZero();
    assertThat(directory.resolve("run.sh")).hasContent("echo hi\n").isExecutable();
    assertThat(directory.resolve("link")).hasContent("echo hi\n").isSymbolicLink();
    assertThat(directory.resolve(LONG)).hasContent("long");
    assertThat(directory.resolve("block")).hasSize(512);
    assertThat(directory.resolve("empty")).isEmptyDirectory();
  }

  @Test
  void theSameFilesGiveTheSameBytes() throws Exception {
    assertThat(sample()).isEqualTo(sample());
  }

  @Test
  void theReaderUnpacksWhatTarPacked() throws Exception {
    var from = Files.createDirectories(directory.resolve("from"));
    Files.createDirectories(from.resolve(LONG).getParent());
    Files.writeString(from.resolve(LONG), "long");
    Files.writeString(from.resolve("one"), "1");
    Files.createLink(from.resolve("same"), from.resolve("one"));
    var tar = new ProcessBuilder("tar", "-cf", "-", ".").directory(from.toFile()).start();

    try (var reader = new TarReader(tar.getInputStream())) {
      assertThat(reader.unpack(directory.resolve("to")))
          .containsExactlyInAnyOrder(LONG, "one", "same");
    }
    assertThat(directory.resolve("to").resolve(LONG)).hasContent("long");
    assertThat(directory.resolve("to/same")).hasContent("1");
  }

  @Test
  void theReaderTakesItsOwnArchiveButNoLink() throws Exception {
    try (var reader = new TarReader(new ByteArrayInputStream(sample()))) {
      assertThat(reader.unpack(directory)).containsExactly("run.sh", LONG, "block");
    }
    assertThat(directory.resolve("run.sh")).isExecutable();
  }

  @Test
  void nothingIsWrittenOutside() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarWriter(bytes)) {
      tar.file("a/../../outside", new byte[1], false);
    }

    var reader = new TarReader(new ByteArrayInputStream(bytes.toByteArray()));
    assertThatThrownBy(() -> reader.unpack(directory.resolve("inside")))
        .hasMessage("the archive names `a/../../outside`, which lies outside");
    assertThat(directory.resolve("outside")).doesNotExist();
  }

  @Test
  void whatIsCutOffOrNoArchiveIsRefused() throws Exception {
    var cut = new TarReader(new ByteArrayInputStream(Arrays.copyOf(sample(), 1030)));
    assertThatThrownBy(() -> cut.unpack(directory)).isInstanceOf(IOException.class);

    var other = new TarReader(new ByteArrayInputStream("hello ".repeat(200).getBytes(UTF_8)));
    assertThatThrownBy(() -> other.unpack(directory)).hasMessage("it is no tar archive");
  }
}
