package ferry.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.backend.CodeKeeper.Change;
import ferry.backend.CodeKeeper.Difference;
import ferry.error.UserException;
import ferry.files.Budget.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotsTest {
  private static final Limits PATIENT = Limits.ORDINARY.patient(Duration.ofMinutes(1));

  @TempDir Path place;
  Path work;
  Path home;
  Snapshots snapshots;

  @BeforeEach
  void layOut() throws IOException {
    work = Files.createDirectory(place.resolve("work"));
    home = place.resolve("home");
    snapshots = new Snapshots(home, System::nanoTime, PATIENT, Runnable::run);
  }

  private String take() {
    return snapshots.keep(work).snapshot().orElseThrow();
  }

  @Test
  void theSameContentGivesTheSameHash() throws IOException {
    Files.writeString(work.resolve("train.py"), "print(1)\n");
    var first = take();
    Files.writeString(work.resolve("train.py"), "print(2)\n");
    var second = take();
    Files.writeString(work.resolve("train.py"), "print(1)\n");
    assertThat(take()).isEqualTo(first).isNotEqualTo(second);
  }

  @Test
  void anotherProcessFindsWhatTheFirstOneKept() throws IOException {
    Files.writeString(work.resolve("train.py"), "print(1)\n");
    var hash = take();
    var later = new Snapshots(home);
    assertThat(later.keep(work).snapshot()).contains(hash);
    assertThat(later.files(hash)).containsOnlyKeys("train.py");
  }

  @Test
  void aChangeOfTheSameLengthInTheSameMomentIsSeen() throws IOException {
    var file = Files.writeString(work.resolve("x"), "1");
    var time = Files.getLastModifiedTime(file);
    var before = take();
    Files.writeString(file, "2");
    Files.setLastModifiedTime(file, time);
    assertThat(take()).isNotEqualTo(before);
  }

  @Test
  void differencesNameEachFile() throws IOException {
    Files.writeString(work.resolve("a"), "1");
    Files.writeString(work.resolve("b"), "1");
    Files.writeString(work.resolve("same"), "1");
    var before = take();
    Files.delete(work.resolve("a"));
    Files.writeString(work.resolve("b"), "2");
    Files.writeString(work.resolve("c"), "1");
    assertThat(snapshots.diff(before, take()))
        .containsExactly(
            new Difference("a", Change.REMOVED),
            new Difference("b", Change.CHANGED),
            new Difference("c", Change.ADDED));
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34, 35})
  void aRestoredCopyHasTheSameHash(long seed) throws IOException {
    new RandomTree(work, seed).grow();
    Files.writeString(work.resolve("line\nbreak\t\\"), "odd name");
    Files.createSymbolicLink(work.resolve("link"), Path.of("line\nbreak\t\\"));
    var tool = Files.writeString(work.resolve("tool.sh"), "#!/bin/sh\n");
    assertThat(tool.toFile().setExecutable(true)).isTrue();
    var hash = take();
    var copy = place.resolve("copy");
    snapshots.restore(hash, place.resolve("nowhere"), copy);
    assertThat(snapshots.keep(copy).snapshot()).contains(hash);
  }

  @Test
  void aCopyIsItsOwnAlsoInWhatIsIgnored() throws IOException {
    Files.writeString(work.resolve(".gitignore"), "out/\n*.log\n");
    Files.createDirectories(work.resolve("out/deep"));
    Files.writeString(work.resolve("out/deep/best"), "1");
    Files.writeString(work.resolve("run.log"), "1");
    Files.writeString(work.resolve("x.py"), "1");
    Files.createDirectory(work.resolve(".git"));
    var copy = place.resolve("copy");
    snapshots.restore(take(), work, copy);
    for (var name : List.of("x.py", "out/deep/best", "run.log", "out/new")) {
      Files.writeString(copy.resolve(name), "2");
    }
    assertThat(work.resolve("x.py")).hasContent("1");
    assertThat(work.resolve("out/deep/best")).hasContent("1");
    assertThat(work.resolve("run.log")).hasContent("1");
    assertThat(work.resolve("out/new")).doesNotExist();
    assertThat(copy.resolve(".git")).doesNotExist();
    snapshots.restore(take(), work, place.resolve("second"));
    assertThat(place.resolve("second/x.py")).hasContent("1");
  }

  @Test
  void aCopyLinksToWhatIsIgnoredAndLargeOrMany() throws IOException {
    Files.writeString(work.resolve(".gitignore"), "data/\nimages/\nvenv/\n");
    for (var name : List.of("data", "images", "venv")) {
      Files.createDirectory(work.resolve(name));
    }
    Files.write(work.resolve("data/big"), new byte[(1 << 20) + 1]);
    Files.createFile(work.resolve("venv/pyvenv.cfg"));
    for (int i = 0; i < 501; i++) {
      Files.createFile(work.resolve("images/" + i));
    }
    var copy = place.resolve("copy");
    snapshots.restore(take(), work, copy);
    assertThat(Files.isSymbolicLink(copy.resolve("data"))).isFalse();
    assertThat(copy.resolve("data/big")).isSymbolicLink();
    assertThat(copy.resolve("images")).isSymbolicLink();
    assertThat(copy.resolve("venv")).isSymbolicLink();
  }

  @Test
  void ferrysOwnDirectoryWithinIsLinkedAndNotCopied() throws IOException {
    var within = Files.createDirectories(work.resolve("home"));
    var inside = new Snapshots(within);
    Files.writeString(within.resolve("server.json"), "{}");
    var copy = within.resolve("runs/one/.code");
    Files.createDirectories(copy);
    inside.restore(inside.keep(work).snapshot().orElseThrow(), work, copy);
    assertThat(copy.resolve("home")).isSymbolicLink();
  }

  @Test
  void aLargeFileIsKnownBySizeAndTimeAndLinked() throws IOException {
    try (var file = new java.io.RandomAccessFile(work.resolve("weights").toFile(), "rw")) {
      file.setLength(SnapshotWriter.LARGEST + 1);
    }
    var hash = take();
    assertThat(snapshots.files(hash).get("weights")).startsWith("b").endsWith(":100000001");
    snapshots.restore(hash, work, place.resolve("copy"));
    assertThat(place.resolve("copy/weights")).isSymbolicLink();
  }

  @Test
  void aDirectoryThatIsGoneIsNotedAndNotAnError() {
    var code = snapshots.keep(place.resolve("gone"));
    assertThat(code.snapshot()).isEmpty();
    assertThat(code.note().orElseThrow()).contains("gone` is not there any more");
  }

  @Test
  void aDirectoryThatTakesTooLongIsNoted() throws IOException {
    for (int i = 0; i < 1100; i++) {
      Files.createFile(work.resolve("f" + i));
    }
    var clock = new AtomicLong();
    var hasty =
        new Snapshots(
            home,
            () -> clock.addAndGet(1_000_000_000),
            new Limits(2000, 1000, Duration.ZERO),
            Runnable::run);
    var code = hasty.keep(work);
    assertThat(code.snapshot()).isEmpty();
    assertThat(code.note().orElseThrow()).contains("reading it takes too long", ".ferryignore");
  }

  @Test
  void aDirectoryWithTooManyFilesIsNotWalkedAgainUntilItsRulesChange() throws IOException {
    for (int i = 0; i < 20; i++) {
      Files.createFile(work.resolve("f" + i));
    }
    Files.createFile(work.resolve("last"));
    snapshots =
        new Snapshots(
            home, System::nanoTime, new Limits(20, 1000, Duration.ofMinutes(1)), Runnable::run);
    assertThat(snapshots.keep(work).note().orElseThrow()).contains("more than 20 files");
    Files.delete(work.resolve("last"));
    assertThat(snapshots.keep(work).snapshot()).isEmpty();
    Files.writeString(work.resolve(".ferryignore"), "f*\n");
    assertThat(snapshots.keep(work).note()).isEmpty();
  }

  @Test
  void aSnapshotThatIsNotKeptIsNamed() {
    assertThatThrownBy(() -> snapshots.files("ab".repeat(32)))
        .isInstanceOf(UserException.class)
        .hasMessage("there is no snapshot `" + "ab".repeat(32) + "`");
  }

  @Test
  void damagedContentIsNotHandedOut() throws IOException {
    Files.writeString(work.resolve("x"), "12345");
    var hash = take();
    var store = new ContentStore(home.resolve("snapshots/files"));
    Files.delete(store.locate(ContentStore.hash(work.resolve("x"))));
    assertThatThrownBy(() -> snapshots.restore(hash, work, place.resolve("copy")))
        .hasMessage("the kept content of `x` is gone or damaged");
  }

  @Test
  void theHomeInsideTheWorkingDirectoryIsNoCode() throws IOException {
    Files.writeString(work.resolve("x"), "1");
    var inside = new Snapshots(work.resolve("home"), System::nanoTime, PATIENT, Runnable::run);
    var first = inside.keep(work).snapshot();
    assertThat(inside.keep(work).snapshot()).isEqualTo(first).isPresent();
  }

  @Test
  void theCommitAndWhetherFilesDifferAreKnown() throws Exception {
    Files.writeString(work.resolve("x"), "1");
    git("init", "-q", "-b", "main", ".");
    assertThat(snapshots.keep(work).commit()).isEmpty();
    git("add", "x");
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "first");
    var clean = snapshots.keep(work);
    assertThat(clean.commit().orElseThrow()).hasSize(40);
    assertThat(clean.dirty()).isFalse();
    Files.writeString(work.resolve("x"), "2");
    assertThat(snapshots.keep(work).dirty()).isTrue();
  }

  private void git(String... arguments) throws Exception {
    var command = new java.util.ArrayList<>(java.util.List.of("git"));
    command.addAll(java.util.List.of(arguments));
    var builder = new ProcessBuilder(command).directory(work.toFile()).inheritIO();
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    assertThat(builder.start().waitFor()).isZero();
  }
}
