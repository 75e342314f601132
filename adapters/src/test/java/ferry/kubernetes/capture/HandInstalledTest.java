package ferry.kubernetes.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandInstalledTest {
  private static final Instant STARTED = Instant.parse("2026-11-22T20:00:09Z");
  private static final Map<String, String> TYPED =
      Map.of("PATH", "/opt/conda/bin:/usr/local/bin:/usr/bin:/bin", "HOME", "/home/ada");

  @TempDir Path root;

  @BeforeEach
  void anImage() throws IOException {
    old("opt/conda/lib/python3.12/site-packages/numpy-2.1.0.dist-info/RECORD");
    old("opt/conda/conda-meta/numpy-2.1.0-py312.json");
    old("var/lib/dpkg/info/bash.list");
  }

  @Test
  void nothingIsNewInAFreshContainer() {
    assertThat(find().isNothing()).isTrue();
  }

  @Test
  void whatPipCondaAndAptPutThereSinceTheStartIsFound() throws IOException {
    fresh("opt/conda/lib/python3.12/site-packages/rich-13.9.4.dist-info/RECORD");
    fresh("usr/local/lib/python3.11/dist-packages/tqdm-4.67.dist-info/RECORD");
    fresh("opt/conda/conda-meta/polars-1.2-py312.json");
    fresh("var/lib/dpkg/info/ffmpeg:amd64.list");
    assertThat(find().python())
        .extracting(HandInstalled.Distribution::toString)
        .containsExactly("rich==13.9.4", "tqdm==4.67");
    assertThat(find().others()).containsExactly("ffmpeg (apt)", "polars-1.2-py312 (conda)");
  }

  @Test
  void whatLiesOnAVolumeTravelsAnyway() throws IOException {
    fresh("home/ada/.local/lib/python3.11/site-packages/rich-13.9.4.dist-info/RECORD");
    var found = HandInstalled.find(root, TYPED, STARTED, path -> path.startsWith("/home/ada"));
    assertThat(found.isNothing()).isTrue();
    assertThat(find().python()).hasSize(1);
  }

  @Test
  void anEnvironmentMadeInTheContainerIsNamedAsAWhole() throws IOException {
    fresh("tmp/venv/pyvenv.cfg");
    fresh("tmp/venv/lib/python3.11/site-packages/rich-13.9.4.dist-info/RECORD");
    var typed = Map.of("PATH", "/tmp/venv/bin:/usr/bin", "VIRTUAL_ENV", "/tmp/venv");
    var found = HandInstalled.find(root, typed, STARTED, _ -> false);
    assertThat(found.virtualEnvironment()).contains(Path.of("/tmp/venv"));
    var captured = CapturedPackages.with(captured(List.of()), found, root.resolve("copies"));
    assertThat(captured.notes())
        .containsExactly(
            "the environment /tmp/venv was made in this container and not on a volume, so steps do"
                + " not have it; make it on a volume, or name its packages under `requirements:`");
  }

  @Test
  void packagesTravelAsACopyOnAVolumeThatStepsHave() throws IOException {
    var found = rich();
    var captured =
        CapturedPackages.with(captured(List.of(root.toString())), found, root.resolve("copies"));
    var copy = Path.of(pythonPath(captured));
    assertThat(copy.getParent()).isEqualTo(root.resolve("copies"));
    assertThat(copy.resolve("rich/__init__.py")).hasContent("# rich");
    assertThat(copy.resolve("rich-13.9.4.dist-info/RECORD")).exists();
    assertThat(captured.notes())
        .containsExactly("these packages were installed by hand and travel along: rich==13.9.4");
    assertThat(PackageCopy.of(found.python(), root.resolve("copies"))).isEqualTo(copy);
  }

  @Test
  void packagesThatCannotTravelAreNamedAsMissing() throws IOException {
    var captured = CapturedPackages.with(captured(List.of()), rich(), root.resolve("copies"));
    assertThat(captured.template().getSpec().getContainers().getFirst().getEnv()).isEmpty();
    assertThat(captured.notes())
        .containsExactly(
            "these packages were installed by hand into this container, and steps do not have"
                + " them: rich==13.9.4; name them under `requirements:`, or use a virtual"
                + " environment on a volume");
  }

  private HandInstalled rich() throws IOException {
    var site = root.resolve("site-packages");
    Files.createDirectories(site.resolve("rich-13.9.4.dist-info"));
    Files.createDirectories(site.resolve("rich"));
    Files.writeString(site.resolve("rich/__init__.py"), "# rich");
    Files.writeString(
        site.resolve("rich-13.9.4.dist-info/RECORD"),
        """
        ../../../bin/rich,sha256=x,1
        rich/__init__.py,sha256=x,6
        rich/__pycache__/__init__.cpython-311.pyc,,
        rich-13.9.4.dist-info/RECORD,,
        """);
    var metadata = site.resolve("rich-13.9.4.dist-info");
    return new HandInstalled(
        List.of(HandInstalled.Distribution.of(metadata)), List.of(), java.util.Optional.empty());
  }

  private HandInstalled find() {
    return HandInstalled.find(root, TYPED, STARTED, _ -> false);
  }

  private static Captured captured(List<String> shared) {
    return new Captured(template(), List.of(), List.of(), shared);
  }

  private static PodTemplateSpec template() {
    return new PodTemplateSpecBuilder()
        .withNewSpec()
        .addNewContainer()
        .withName(Captured.CONTAINER)
        .endContainer()
        .endSpec()
        .build();
  }

  private static String pythonPath(Captured captured) {
    return captured.template().getSpec().getContainers().getFirst().getEnv().getFirst().getValue();
  }

  private void old(String file) throws IOException {
    put(file, STARTED.minusSeconds(86_400));
  }

  private void fresh(String file) throws IOException {
    put(file, STARTED.plusSeconds(60));
  }

  private void put(String file, Instant time) throws IOException {
    var path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "");
    Files.setLastModifiedTime(path, FileTime.from(time));
    Files.setLastModifiedTime(path.getParent(), FileTime.from(time));
  }
}
