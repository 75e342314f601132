package ferry.kubernetes.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InsideTest {
  @TempDir Path root;

  @BeforeEach
  void aContainerOfAPod() throws IOException {
    put("var/run/secrets/kubernetes.io/serviceaccount/namespace", "lab");
    put("proc/sys/kernel/hostname", "jupyter-ada\n");
    put(
        "proc/self/mountinfo",
        """
        1302 1290 0:198 / / rw,relatime - overlay overlay rw
        1312 1302 8:1 /var/lib/kubelet/pods/0b1f5c1e-6f39-4a3c-9d3e-2f6c8f1f0a11/etc-hosts /etc/hosts rw - ext4 /dev/sda1 rw
        1313 1302 8:1 /var/lib/kubelet/pods/0b1f5c1e-6f39-4a3c-9d3e-2f6c8f1f0a11/containers/notebook/5f0a /dev/termination-log rw - ext4 /dev/sda1 rw
        """);
    put(
        "proc/self/status",
        """
        Name:	java
        Uid:	1000	1000	1000	1000
        Gid:	100	100	100	100
        Groups:	100 2000\s
        """);
    put(
        "proc/1/status",
        """
        Name:	tini
        Uid:	0	0	0	0
        Gid:	0	0	0	0
        Groups:	\s
        """);
    put("proc/1/environ", "PATH=/usr/bin\0DB_PASSWORD=hunter2\0");
  }

  @Test
  void theMountsTellThePodAndTheContainer() {
    var inside = Inside.read(root);
    assertThat(inside.pod()).contains("0b1f5c1e-6f39-4a3c-9d3e-2f6c8f1f0a11");
    assertThat(inside.container()).contains("notebook");
    assertThat(inside.namespace()).contains("lab");
    assertThat(inside.host()).isEqualTo("jupyter-ada");
  }

  @Test
  void whoStartedTheContainerAndWhoTypesAreTwoThings() {
    var inside = Inside.read(root);
    assertThat(inside.self()).contains(new Identity(1000, 100, new TreeSet<>(Set.of(100L, 2000L))));
    assertThat(inside.first()).contains(new Identity(0, 0, new TreeSet<>()));
    assertThat(inside.changedUser()).isTrue();
  }

  @Test
  void onlyTheNamesOfTheFirstProcessesVariablesAreKept() {
    assertThat(Inside.read(root).firstNames()).containsExactlyInAnyOrder("PATH", "DB_PASSWORD");
    assertThat(Inside.read(root).toString()).doesNotContain("hunter2");
  }

  @Test
  void whatIsNotThereIsUnknown() {
    var nothing = Inside.read(root.resolve("nowhere"));
    assertThat(nothing.pod()).isEmpty();
    assertThat(nothing.namespace()).isEmpty();
    assertThat(nothing.changedUser()).isFalse();
  }

  private void put(String file, String text) throws IOException {
    var path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
