package ferry.files;

import ferry.error.SystemError;
import ferry.files.Budget.Limits;
import ferry.files.Budget.TooLarge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A copy of a snapshot to work in: real directories, copied files, and links to what was ignored or
 * too large where it still lies.
 */
final class WorkingCopy {
  /** Never linked: a tool that writes there would change the original. */
  private static final Set<String> NOT_LINKED =
      Set.of(".git", ".hg", ".svn", "__pycache__", ".ferry");

  private final ContentStore store;
  private final Path home;
  private final Path original;
  private final Path target;

  WorkingCopy(ContentStore store, Path home, Path original, Path target) {
    this.store = store;
    this.home = home;
    this.original = original;
    this.target = target;
  }

  void make(Manifest manifest) throws IOException {
    Files.createDirectories(target);
    for (var entry : manifest.entries()) {
      put(entry);
    }
    if (Files.isDirectory(original)) {
      linkIgnored();
    }
  }

  private void put(ManifestEntry entry) throws IOException {
    var path = target.resolve(entry.path());
    switch (entry.kind()) {
      case DIRECTORY -> Files.createDirectories(path);
      case LINK -> Files.createSymbolicLink(path, Path.of(entry.word()));
      case LARGE -> Files.createSymbolicLink(path, original.resolve(entry.path()));
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

  private void linkIgnored() throws IOException {
    var scan =
        new DirectoryScan(
            original,
            home,
            new Budget(System::nanoTime, Limits.ORDINARY.patient(Duration.ofSeconds(10))));
    try {
      scan.walk();
    } catch (TooLarge tooLarge) {
      // What was seen until then is linked; what lies beyond was too much for the snapshot as well.
    }
    for (var path : scan.ignored()) {
      var link = target.resolve(path);
      boolean wanted = !NOT_LINKED.contains(link.getFileName().toString());
      if (wanted && Files.isDirectory(Home.parent(link)) && !Files.exists(link)) {
        Files.createSymbolicLink(link, original.resolve(path));
      }
    }
  }
}
