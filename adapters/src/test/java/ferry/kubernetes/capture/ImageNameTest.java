package ferry.kubernetes.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ImageNameTest {
  private static final String DIGEST = "@sha256:" + "1".repeat(64);

  @Test
  void anImageOfARegistryIsPinnedToItsDigest() {
    assertThat(ImageName.pinned("quay.io/jupyter/base:lab-4", "quay.io/jupyter/base" + DIGEST))
        .contains("quay.io/jupyter/base" + DIGEST);
    assertThat(ImageName.pinned("python:3", "docker.io/library/python" + DIGEST))
        .contains("python" + DIGEST);
    assertThat(ImageName.pinned("jupyter/base", "docker-pullable://jupyter/base" + DIGEST))
        .contains("jupyter/base" + DIGEST);
    assertThat(ImageName.pinned("reg:5000/a/b:1", "reg:5000/a/b" + DIGEST))
        .contains("reg:5000/a/b" + DIGEST);
  }

  @Test
  void anImageThatTheNodeHasFromElsewhereStaysAsWritten() {
    assertThat(ImageName.pinned("localhost/python:3", "sha256:" + "1".repeat(64))).isEmpty();
    assertThat(ImageName.pinned("team/train:1", "docker.io/library/import-2026" + DIGEST))
        .isEmpty();
    assertThat(ImageName.pinned("team/train:1", "")).isEmpty();
  }
}
