package ferry.files;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptArtifactsTest {
  private static final RunId FIRST = new RunId("digits-aaaaa");
  private static final RunId SECOND = new RunId("digits-bbbbb");

  @TempDir Path place;
  Path work;
  KeptArtifacts artifacts;

  @BeforeEach
  void layOut() throws IOException {
    work = Files.createDirectory(place.resolve("work"));
    artifacts = new KeptArtifacts(place.resolve("home"));
    Files.createDirectories(work.resolve("out/deep"));
    Files.writeString(work.resolve("model.onnx"), "model");
    Files.writeString(work.resolve("out/deep/a.csv"), "a");
  }

  @Test
  void filesAndWholeDirectoriesAreKept() {
    artifacts.keep(FIRST, "train[relu]", work, List.of("out", "model.onnx"));
    assertThat(artifacts.list(FIRST, "train[relu]"))
        .extracting(artifact -> artifact.path() + " " + artifact.bytes())
        .containsExactly("model.onnx 5", "out/deep/a.csv 1");
    assertThat(artifacts.locate(FIRST, "train[relu]", "out/deep/a.csv")).hasContent("a");
  }

  @Test
  void laterWritesDoNotReachWhatIsKept() throws IOException {
    artifacts.keep(FIRST, "train", work, List.of("model.onnx"));
    Files.writeString(work.resolve("model.onnx"), "other");
    assertThat(artifacts.locate(FIRST, "train", "model.onnx")).hasContent("model");
  }

  @Test
  void whatIsMissingOrOtherIsPutBack() throws IOException {
    artifacts.keep(FIRST, "train", work, List.of("out", "model.onnx"));
    Files.writeString(work.resolve("model.onnx"), "other");
    Home.deleteTree(work.resolve("out"));
    assertThat(artifacts.restore(FIRST, "train", work)).isTrue();
    assertThat(work.resolve("model.onnx")).hasContent("model");
    assertThat(work.resolve("out/deep/a.csv")).hasContent("a");
    Files.writeString(work.resolve("model.onnx"), "it may be written to again");
  }

  @Test
  void contentGoesWithTheLastRunThatHasIt() throws IOException {
    artifacts.keep(FIRST, "train", work, List.of("model.onnx"));
    artifacts.keep(SECOND, "train", work, List.of("model.onnx"));
    artifacts.delete(FIRST);
    Files.delete(work.resolve("model.onnx"));
    assertThat(artifacts.restore(FIRST, "train", work)).isFalse();
    assertThat(artifacts.restore(SECOND, "train", work)).isTrue();
    artifacts.delete(SECOND);
    try (var left = Files.walk(place.resolve("home/artifacts"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void aPathThatLeadsOutOfTheDirectoryStaysInsideItsPlace() throws IOException {
    Files.writeString(place.resolve("beside"), "b");
    artifacts.keep(FIRST, "train", work, List.of("../beside"));
    assertThat(artifacts.locate(FIRST, "train", "../beside"))
        .startsWith(place.resolve("home/artifacts"))
        .hasContent("b");
  }
}
