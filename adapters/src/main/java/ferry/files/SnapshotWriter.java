package ferry.files;

import ferry.files.Budget.TooLarge;
import ferry.files.ManifestEntry.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Turns what a scan found into a snapshot: content into the store, and the manifest beside it. */
final class SnapshotWriter {
  /** Larger files are known by size and time alone. */
  static final long LARGEST = 100_000_000;

  /** A file that changed so lately may change again without a sign in its times. */
  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Path root;
  private final Path snapshots;
  private final ContentStore store;
  private final StatIndex index;
  private final Budget budget;
  private final List<ScannedFile> fromMemory = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();
  private boolean learned;

  SnapshotWriter(Path root, Path snapshots, ContentStore store, StatIndex index, Budget budget) {
    this.root = root;
    this.snapshots = snapshots;
    this.store = store;
    this.index = index;
    this.budget = budget;
  }

  /** Whether the index knows more than before. */
  boolean learned() {
    return learned;
  }

  /** Files whose content could not be read; they are not in the snapshot. */
  List<String> unreadable() {
    return unreadable;
  }

  /** Keeps it all; returns the snapshot's hash. */
  String write(List<ScannedFile> found) throws IOException, TooLarge {
    var entries = new ArrayList<ManifestEntry>();
    for (var file : found) {
      entry(file).ifPresent(entries::add);
    }
    var text = new Manifest(entries).text();
    var hash = Manifest.hash(text);
    var manifest = snapshots.resolve(hash);
    if (!manifest.toFile().isFile()) {
      keepForgotten();
      Home.createPrivate(snapshots);
      var temporary = Files.createTempFile(snapshots, "new-", "");
      Files.writeString(temporary, text);
      Files.move(temporary, manifest, StandardCopyOption.ATOMIC_MOVE);
    }
    forgetDeleted(entries);
    return hash;
  }

  private Optional<ManifestEntry> entry(ScannedFile file) throws IOException, TooLarge {
    try {
      return Optional.of(
          switch (file.kind()) {
            case DIRECTORY -> new ManifestEntry(Kind.DIRECTORY, "", 0, file.path());
            case LINK -> {
              var target = Files.readSymbolicLink(root.resolve(file.path())).toString();
              yield new ManifestEntry(Kind.LINK, target, 0, file.path());
            }
            case FILE, OTHER -> file.size() > LARGEST ? large(file) : content(file);
          });
    } catch (NoSuchFileException deleted) {
      return Optional.empty();
    } catch (AccessDeniedException denied) {
      unreadable.add(file.path());
      return Optional.empty();
    }
  }

  private static ManifestEntry large(ScannedFile file) {
    return new ManifestEntry(Kind.LARGE, Long.toString(file.modified()), file.size(), file.path());
  }

  private ManifestEntry content(ScannedFile file) throws IOException, TooLarge {
    budget.hold(file.size());
    var known = index.hash(file);
    if (known.isPresent()) {
      fromMemory.add(file);
    }
    var hash = known.isPresent() ? known.get() : keep(file);
    var kind = file.isExecutable() ? Kind.EXECUTABLE : Kind.FILE;
    return new ManifestEntry(kind, hash, file.size(), file.path());
  }

  private String keep(ScannedFile file) throws IOException, TooLarge {
    budget.copy(file.size());
    var hash = store.keep(root.resolve(file.path()));
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    if (now - Math.max(file.changed(), file.modified()) > SETTLED_NANOS) {
      index.put(file, hash);
      learned = true;
    }
    return hash;
  }

  /** Content that the index remembers may have been cleared away since. */
  private void keepForgotten() throws IOException, TooLarge {
    for (var file : fromMemory) {
      var hash = index.hash(file).orElseThrow();
      if (!store.has(hash)) {
        keep(file);
      }
    }
  }

  private void forgetDeleted(List<ManifestEntry> entries) {
    if (index.size() > 2 * entries.size()) {
      var paths = new HashSet<String>();
      entries.forEach(entry -> paths.add(entry.path()));
      index.retain(paths);
      learned = true;
    }
  }
}
