package ferry.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineLimitsTest {
  @TempDir Path root;

  private void file(String path, String text) throws IOException {
    var file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void machine() throws IOException {
    file("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t0-7\n");
    file("proc/meminfo", "MemTotal:       16777216 kB\nMemFree: 1 kB\n");
  }

  @Test
  void withoutCgroupsItIsWhatTheMachineHas() throws IOException {
    machine();
    assertThat(MachineLimits.of(root)).isEqualTo(new MachineLimits(8000, 16L << 30));
  }

  @Test
  void theTightestGroupOfVersionTwoCounts() throws IOException {
    machine();
    file("proc/self/cgroup", "0::/kubepods/pod1\n");
    file("sys/fs/cgroup/cgroup.controllers", "cpu memory cpuset\n");
    file("sys/fs/cgroup/kubepods/memory.max", "8589934592\n");
    file("sys/fs/cgroup/kubepods/cpu.max", "400000 100000\n");
    file("sys/fs/cgroup/kubepods/pod1/memory.max", "max\n");
    file("sys/fs/cgroup/kubepods/pod1/cpu.max", "150000 100000\n");
    file("sys/fs/cgroup/kubepods/pod1/cpuset.cpus.effective", "0-2,5\n");
    assertThat(MachineLimits.of(root)).isEqualTo(new MachineLimits(1500, 8L << 30));
  }

  @Test
  void versionOneIsReadByController() throws IOException {
    machine();
    file("proc/self/cgroup", "9:name=systemd:/\n4:memory:/box\n3:cpuset:/\n1:cpu,cpuacct:/box\n");
    file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    file("sys/fs/cgroup/memory/box/memory.limit_in_bytes", "1073741824\n");
    file("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
    file("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
    file("sys/fs/cgroup/cpuset/cpuset.cpus", "0-1\n");
    assertThat(MachineLimits.of(root)).isEqualTo(new MachineLimits(2000, 1L << 30));
  }

  @Test
  void aContainerThatSeesNoneOfItsGroupsReadsTheTop() throws IOException {
    machine();
    file("proc/self/cgroup", "4:memory:/docker/abc\n");
    file("sys/fs/cgroup/memory/memory.limit_in_bytes", "2147483648\n");
    assertThat(MachineLimits.of(root).memoryBytes()).isEqualTo(2L << 30);
  }

  @Test
  void thisMachineHasSomething() {
    assertThat(MachineLimits.here().cpuMillis()).isPositive();
    assertThat(MachineLimits.here().memoryBytes()).isGreaterThan(1L << 26);
  }
}
