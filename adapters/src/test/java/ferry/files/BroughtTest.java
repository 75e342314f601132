package ferry.files;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.files.Budget.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found out about a copy when nobody works in it any more, and what becomes of it. */
class BroughtTest {
  private static final FileTime YESTERDAY =
      FileTime.from(Instant.parse("2026-01-02T03:04:05.123456789Z"));

  @TempDir Path place;
  Path work;
  Path home;
  Path copy;
  Snapshots snapshots;

  @BeforeEach
  void layOut() throws IOException {
    work = Files.createDirectory(place.resolve("work"));
    home = place.resolve("home");
    copy = place.resolve("copy");
    snapshots =
        new Snapshots(
            home, System::nanoTime, Limits.ORDINARY.patient(Duration.ofMinutes(1)), Runnable::run);
    Files.writeString(work.resolve(".gitignore"), "data/\nvenv/\nimages/\n*.csv\nhome/\n");
    Files.writeString(work.resolve("train.py"), "print(1)\n");
  }

  private Path old(String name, int size) throws IOException {
    var file = work.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[size]);
    return Files.setLastModifiedTime(file, YESTERDAY);
  }

  private void manyIn(String directory, int count) throws IOException {
    Files.createDirectories(work.resolve(directory));
    for (int i = 0; i < count; i++) {
      Files.setLastModifiedTime(Files.createFile(work.resolve(directory + "/" + i)), YESTERDAY);
    }
  }

  private String brought() {
    return snapshots
        .restore(snapshots.keep(work).snapshot().orElseThrow(), work, copy)
        .orElseThrow();
  }

  private List<String> settled(String brought) {
    return snapshots.settle(brought, work, copy);
  }

  @Test
  void aCopyOfCodeAloneNeedsNoSettling() {
    assertThat(snapshots.restore(snapshots.keep(work).snapshot().orElseThrow(), work, copy))
        .isEmpty();
  }

  @Test
  void whatNobodyWroteIsNotReported() throws IOException {
    old("data/big", (1 << 20) + 1);
    manyIn("images", 501);
    assertThat(settled(brought())).isEmpty();
  }

  @Test
  void aWriteThroughALinkToALargeFileIsReported() throws IOException {
    old("data/big", (1 << 20) + 1);
    old("data/other", (1 << 20) + 1);
    var brought = brought();
    Files.writeString(copy.resolve("data/big"), "mine", StandardOpenOption.APPEND);
    assertThat(settled(brought)).containsExactly("data/big");
  }

  @Test
  void aNewFileInALinkedDirectoryIsReported() throws IOException {
    manyIn("images", 501);
    var brought = brought();
    Files.createFile(copy.resolve("images/new"));
    assertThat(settled(brought)).containsExactly("images");
  }

  @Test
  void aWriteDeepInALinkedVirtualEnvironmentIsReported() throws IOException {
    old("venv/pyvenv.cfg", 1);
    old("venv/lib/python3/site-packages/numpy/version.py", 10);
    var brought = brought();
    Files.writeString(copy.resolve("venv/lib/python3/site-packages/numpy/version.py"), "other");
    assertThat(settled(brought)).containsExactly("venv");
  }

  @Test
  void whatPythonCompilesWhileItImportsIsNoNews() throws IOException {
    old("venv/pyvenv.cfg", 1);
    old("venv/lib/six.py", 10);
    var brought = brought();
    Files.createDirectory(copy.resolve("venv/lib/__pycache__"));
    Files.createFile(copy.resolve("venv/lib/__pycache__/six.pyc"));
    assertThat(settled(brought)).isEmpty();
  }

  @Test
  void aLinkedFileThatIsDeletedIsReported() throws IOException {
    var big = old("data/big", (1 << 20) + 1);
    var brought = brought();
    Files.delete(big);
    assertThat(settled(brought)).containsExactly("data/big");
  }

  @Test
  void ofAThousandFilesThatComeFirstTheOthersAreNotLookedAt() throws IOException {
    manyIn("images", 1_200);
    var brought = brought();
    Files.writeString(copy.resolve("images/999"), "sorted as text it comes last");
    assertThat(settled(brought)).isEmpty();
    Files.writeString(copy.resolve("images/100"), "among the first");
    assertThat(settled(brought)).containsExactly("images");
  }

  @Test
  void ferrysOwnDirectoryIsNotLookedAt() throws IOException {
    home = Files.createDirectory(work.resolve("home"));
    snapshots = new Snapshots(home);
    old("data/big", (1 << 20) + 1);
    var brought = brought();
    Files.writeString(home.resolve("server.log"), "it goes on");
    assertThat(settled(brought)).isEmpty();
  }

  @Test
  void aCopyThatNobodyChangedBecomesALinkToWhereItLay() throws IOException {
    var table = old("table.csv", 10_000);
    settled(brought());
    assertThat(Files.readSymbolicLink(copy.resolve("table.csv"))).isEqualTo(table);
    assertThat(copy.resolve("train.py")).isRegularFile();
    assertThat(Files.isSymbolicLink(copy.resolve("train.py"))).isFalse();
  }

  @Test
  void whatTheTrialWroteStaysAsItWroteIt() throws IOException {
    old("data/table.csv", 10_000);
    var brought = brought();
    Files.writeString(copy.resolve("data/table.csv"), "mine");
    Files.write(copy.resolve("data/model"), new byte[10_000]);
    settled(brought);
    assertThat(copy.resolve("data/table.csv")).isRegularFile().hasContent("mine");
    assertThat(Files.isSymbolicLink(copy.resolve("data/model"))).isFalse();
    assertThat(work.resolve("data/table.csv")).hasSize(10_000);
  }

  @Test
  void aCopyOfWhatIsOtherwiseNowStays() throws IOException {
    var table = old("table.csv", 10_000);
    var brought = brought();
    Files.writeString(table, "later");
    settled(brought);
    assertThat(Files.isSymbolicLink(copy.resolve("table.csv"))).isFalse();
    assertThat(copy.resolve("table.csv")).hasSize(10_000);
  }

  @Test
  void aFileThatWasWrittenAMomentBeforeItWasCopiedStaysACopy() throws IOException {
    Files.write(work.resolve("table.csv"), new byte[10_000]);
    old("other.csv", 10_000);
    settled(brought());
    assertThat(Files.isSymbolicLink(copy.resolve("table.csv"))).isFalse();
    assertThat(copy.resolve("other.csv")).isSymbolicLink();
  }

  @Test
  void aTrialThatLinkedToTheOriginalItselfCostsNobodyTheOriginal() throws IOException {
    var table = old("data/table.csv", 10_000);
    var brought = brought();
    Files.delete(copy.resolve("data/table.csv"));
    Files.delete(copy.resolve("data"));
    Files.createSymbolicLink(copy.resolve("data"), work.resolve("data"));
    settled(brought);
    assertThat(Files.isSymbolicLink(table)).isFalse();
    assertThat(table).hasSize(10_000);
  }

  @Test
  void whoWorksInASettledCopyOnceMoreHasCopiesOfItsOwnAgain() throws IOException {
    var table = old("data/table.csv", 10_000);
    old("data/other.csv", 10_000);
    settled(brought());
    Files.delete(copy.resolve("data/other.csv"));
    Files.writeString(copy.resolve("data/other.csv"), "mine");
    snapshots.bringBack(copy);
    assertThat(Files.isSymbolicLink(copy.resolve("data/table.csv"))).isFalse();
    Files.writeString(copy.resolve("data/table.csv"), "mine");
    assertThat(table).hasSize(10_000);
    assertThat(copy.resolve("data/other.csv")).hasContent("mine");
  }

  @Test
  void whatIsGoneMeanwhileIsNotBroughtBack() throws IOException {
    var table = old("table.csv", 10_000);
    settled(brought());
    Files.delete(table);
    snapshots.bringBack(copy);
    assertThat(copy.resolve("table.csv")).isSymbolicLink();
  }

  @Test
  void aDirectoryThatWasNeverSettledStaysAsItIs() throws IOException {
    old("table.csv", 10_000);
    snapshots.bringBack(work);
    assertThat(work.resolve("table.csv")).hasSize(10_000);
  }

  @Test
  void aSettledCopyIsTheSameCode() throws IOException {
    old("table.csv", 10_000);
    settled(brought());
    assertThat(snapshots.keep(copy).snapshot()).isEqualTo(snapshots.keep(work).snapshot());
  }

  @Test
  void settlingASecondTimeChangesNothing() throws IOException {
    old("table.csv", 10_000);
    var brought = brought();
    settled(brought);
    assertThat(settled(brought)).isEmpty();
    assertThat(copy.resolve("table.csv")).isSymbolicLink().hasSize(10_000);
  }
}
