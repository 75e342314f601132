package ferry.files;

import ferry.error.SystemError;
import ferry.files.Budget.Limits;
import ferry.files.Budget.TooLarge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A copy of a snapshot to work in: real directories, copied files, links to what was too large
 * where it still lies, and what was ignored.
 */
final class WorkingCopy {
  private final ContentStore store;
  private final Path home;
  private final Path original;
  private final Path target;
  private final Brought brought;

  WorkingCopy(ContentStore store, Path home, Path original, Path target) {
    this.store = store;
    this.home = home;
    this.original = original;
    this.target = target;
    this.brought = new Brought(home);
  }

  /** Makes it, and gives what is to be known of it when nobody works in it any more. */
  Optional<String> make(Manifest manifest) throws IOException {
    Files.createDirectories(target);
    for (var entry : manifest.entries()) {
      put(entry);
    }
    if (Files.isDirectory(original)) {
      bringIgnored();
    }
    return brought.text();
  }

  private void put(ManifestEntry entry) throws IOException {
    var path = target.resolve(entry.path());
    switch (entry.kind()) {
      case DIRECTORY -> Files.createDirectories(path);
      case LINK -> Files.createSymbolicLink(path, Path.of(entry.word()));
      case LARGE -> {
        Files.createSymbolicLink(path, original.resolve(entry.path()));
        brought.linked(entry.path(), original.resolve(entry.path()));
      }
      case FILE, EXECUTABLE -> copy(entry, path);
    }
  }

  private void copy(ManifestEntry entry, Path path) throws IOException {
    if (!store.has(entry.word()) || Files.size(store.locate(entry.word())) != entry.size()) {
      throw new SystemError.Unavailable(
              "the kept content of `" + entry.path() + "` is gone or damaged", List.of())
          .thrown();
    }
    store.copyTo(entry.word(), path, entry.kind() == ManifestEntry.Kind.EXECUTABLE);
  }

  private void bringIgnored() throws IOException {
    var scan =
        new DirectoryScan(
            original,
            home,
            new Budget(System::nanoTime, Limits.ORDINARY.patient(Duration.ofSeconds(10))));
    try {
      scan.walk();
    } catch (TooLarge tooLarge) {
      // What was seen until then is brought; what lies beyond was too much for the snapshot as
      // well.
    }
    var left = new IgnoredFiles(home, original, target, brought);
    for (var path : scan.ignored()) {
      left.bring(path);
    }
  }
}
