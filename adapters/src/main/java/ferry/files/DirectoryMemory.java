package ferry.files;

import ferry.tracking.Sha256;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is remembered of one working directory between two snapshots of it. */
final class DirectoryMemory {
  private static final long HOPELESS_NANOS = Duration.ofMinutes(10).toNanos();

  private final Path directory;
  private final Path indexes;
  private @Nullable StatIndex index;
  private @Nullable GaveUp gaveUp;
  private @Nullable Dirty dirty;
  private boolean reading;

  private record GaveUp(String note, long at, String rules) {}

  private record Dirty(String stamp, String snapshot, boolean answer) {}

  DirectoryMemory(Path directory, Path indexes) {
    this.directory = directory;
    this.indexes = indexes;
  }

  Path indexes() {
    return indexes;
  }

  synchronized StatIndex index() {
    if (index == null) {
      index = StatIndex.read(indexes.resolve(Sha256.of(directory.toString())));
    }
    return index;
  }

  /** Takes up what somebody else has written. */
  synchronized void reload() {
    index = null;
  }

  /** Why the last try was in vain, if it was lately and the ignore files are the same since. */
  synchronized Optional<String> hopeless(long now) {
    boolean holds =
        gaveUp != null && now - gaveUp.at < HOPELESS_NANOS && gaveUp.rules.equals(rules());
    return holds && gaveUp != null ? Optional.of(gaveUp.note) : Optional.empty();
  }

  synchronized void giveUp(String note, long now) {
    gaveUp = new GaveUp(note, now, rules());
  }

  private String rules() {
    var git = directory.resolve(".gitignore").toFile();
    var own = directory.resolve(".ferryignore").toFile();
    return git.lastModified() + ":" + git.length() + ":" + own.lastModified() + ":" + own.length();
  }

  /** Whether the directory differs from its commit; git is asked only where something changed. */
  synchronized Optional<Boolean> dirty(GitState git, String snapshot, Duration patience) {
    if (dirty != null && dirty.stamp.equals(git.stamp()) && dirty.snapshot.equals(snapshot)) {
      return Optional.of(dirty.answer);
    }
    var answer = git.isDirty(patience);
    dirty = answer.map(is -> new Dirty(git.stamp(), snapshot, is)).orElse(null);
    return answer;
  }

  /** Whether nobody else reads the directory in the background already. */
  synchronized boolean beginReading() {
    boolean begins = !reading;
    reading = true;
    return begins;
  }

  synchronized void endReading() {
    reading = false;
  }
}
