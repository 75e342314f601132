package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a command failed, as far as the end of its log tells. */
class LogWordsTest {
  @TempDir private Path directory;

  private String exit(int code, String log) throws IOException {
    return new LogWords(Files.writeString(directory.resolve("log"), log)).exit(code);
  }

  @Test
  void aMissingPackageIsNamed() throws IOException {
    assertThat(exit(1, "Traceback…\nModuleNotFoundError: No module named 'torch.nn'\n"))
        .isEqualTo(
            "Python has no module `torch.nn`: name its package in the file of `requirements`, or"
                + " take an image that has it (exit status 1)");
    assertThat(exit(1, "/usr/bin/python3: No module named pytest\n"))
        .startsWith("Python has no module `pytest`:");
    assertThat(exit(1, "ModuleNotFoundError: No module named 'sklearn.svm'\n"))
        .startsWith(
            "Python has no module `sklearn.svm`: name `scikit-learn` in the file of"
                + " `requirements`");
  }

  @Test
  void whyACommandCouldNotBeginIsSaidInOurOwnWords() throws IOException {
    assertThat(exit(126, "ferry: this image can unpack no code: it needs tar and gzip\n"))
        .isEqualTo("this image can unpack no code: it needs tar and gzip (exit status 126)");
    assertThat(exit(1, "ferry: no word of ours\n")).isEqualTo("exit status 1");
  }

  @Test
  void aMissingLibraryIsNoPackage() throws IOException {
    assertThat(
            exit(
                1,
                "ImportError: libGL.so.1: cannot open shared object file: No such file or"
                    + " directory\n"))
        .isEqualTo(
            "the image has no library `libGL.so.1`: it is no Python package, so take an image that"
                + " has it (exit status 1)");
    assertThat(
            exit(
                127,
                "./train: error while loading shared libraries: libcudart.so.12: cannot open shared"
                    + " object file: No such file or directory\n"))
        .startsWith("the image has no library `libcudart.so.12`");
  }

  @Test
  void aFileThatMayNotBeReadIsNamedWhoeverSaysSo() throws IOException {
    assertThat(exit(1, "PermissionError: [Errno 13] Permission denied: '/etc/keys/k'\n"))
        .isEqualTo(
            "no permission for `/etc/keys/k`: the step's user may not use that file (exit status"
                + " 1)");
    assertThat(exit(1, "cat: can't open '/etc/keys/k': Permission denied\n"))
        .startsWith("no permission for `/etc/keys/k`");
    assertThat(exit(1, "cat: /etc/keys/k: Permission denied\n"))
        .startsWith("no permission for `/etc/keys/k`");
    assertThat(exit(1, "mkdir: cannot create directory ‘/data/out’: Permission denied\n"))
        .startsWith("no permission for `/data/out`");
    assertThat(exit(2, "open /etc/keys/k: permission denied\n"))
        .startsWith("no permission for `/etc/keys/k`");
    assertThat(exit(1, "java.nio.file.AccessDeniedException: /etc/keys/k\n"))
        .startsWith("no permission for `/etc/keys/k`");
    assertThat(exit(126, "bash: line 1: ./run.sh: Permission denied\n"))
        .startsWith("no permission for `./run.sh`");
  }

  @Test
  void whatIsDeniedWithoutAFileIsNoWordOfFiles() throws IOException {
    assertThat(exit(255, "git@github.com: Permission denied (publickey).\n"))
        .isEqualTo("exit status 255");
  }

  @Test
  void theLastExceptionIsTold() throws IOException {
    assertThat(exit(1, "ValueError: first\nmore\nKeyError: 'accuracy'\n"))
        .isEqualTo("KeyError: 'accuracy' (exit status 1)");
    assertThat(exit(127, "bash: line 1: pyton: command not found\n"))
        .isEqualTo("command not found in the image: `pyton` (exit status 127)");
    assertThat(exit(137, "epoch 3\n"))
        .isEqualTo("exit status 137: a process in it was ended by SIGKILL");
  }
}
