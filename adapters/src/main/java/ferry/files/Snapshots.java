package ferry.files;

import ferry.backend.Code;
import ferry.backend.CodeKeeper;
import ferry.error.DiskTrouble;
import ferry.error.RequestError;
import ferry.files.Budget.Limits;
import ferry.files.Budget.TooLarge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** Snapshots of working directories: a manifest each, and every file's content once. */
final class Snapshots implements CodeKeeper {
  private static final Duration BACKGROUND_PATIENCE = Duration.ofMinutes(5);
  private static final Duration GIT_PATIENCE = Duration.ofMillis(300);

  private final Path home;
  private final Path directory;
  private final ContentStore store;
  private final LongSupplier nanoClock;
  private final Limits limits;
  private final Executor background;
  private final Map<Path, DirectoryMemory> memories = new ConcurrentHashMap<>();

  Snapshots(Path home) {
    this(home, System::nanoTime, Limits.ORDINARY, Thread.ofVirtual().name("snapshot")::start);
  }

  Snapshots(Path home, LongSupplier nanoClock, Limits limits, Executor background) {
    this.home = home;
    this.directory = home.resolve("snapshots");
    this.store = new ContentStore(directory.resolve("files"));
    this.nanoClock = nanoClock;
    this.limits = limits;
    this.background = background;
  }

  @Override
  public Code keep(Path workingDirectory) {
    var memory = memory(workingDirectory);
    synchronized (memory) {
      return keep(workingDirectory, memory, limits);
    }
  }

  @Override
  public Code keepPatiently(Path workingDirectory) {
    var memory = memory(workingDirectory);
    synchronized (memory) {
      return keep(workingDirectory, memory, limits.patient(BACKGROUND_PATIENCE));
    }
  }

  @Override
  public void visit(String snapshot, Visitor visitor) throws IOException {
    for (var entry : manifest(snapshot).entries()) {
      switch (entry.kind()) {
        case DIRECTORY -> visitor.see(entry.path(), Kind.DIRECTORY, new byte[0]);
        case LINK ->
            visitor.see(entry.path(), Kind.LINK, entry.word().getBytes(StandardCharsets.UTF_8));
        case FILE -> visitor.see(entry.path(), Kind.FILE, store.read(entry));
        case EXECUTABLE -> visitor.see(entry.path(), Kind.EXECUTABLE, store.read(entry));
        case LARGE -> {}
      }
    }
  }

  private DirectoryMemory memory(Path workingDirectory) {
    return memories.computeIfAbsent(
        workingDirectory, of -> new DirectoryMemory(of, directory.resolve("index")));
  }

  private Code keep(Path workingDirectory, DirectoryMemory memory, Limits allowed) {
    var git = GitState.of(workingDirectory);
    var known = memory.hopeless(nanoClock.getAsLong());
    if (known.isPresent()) {
      return new Code(Optional.empty(), git.map(GitState::commit), false, Optional.of(known.get()));
    }
    try {
      var taken = take(workingDirectory, memory, allowed);
      var dirty = git.flatMap(state -> memory.dirty(state, taken.hash(), GIT_PATIENCE));
      var unknown = git.isPresent() && dirty.isEmpty() ? DIRTY_UNKNOWN : Optional.<String>empty();
      return new Code(
          Optional.of(taken.hash()),
          git.map(GitState::commit),
          dirty.orElse(false),
          taken.note().or(() -> unknown));
    } catch (TooLarge tooLarge) {
      return tooLarge(workingDirectory, memory, git, tooLarge);
    } catch (IOException trouble) {
      var note = "the code is not kept: " + DiskTrouble.words(workingDirectory, trouble);
      return new Code(Optional.empty(), git.map(GitState::commit), false, Optional.of(note));
    }
  }

  private static final Optional<String> DIRTY_UNKNOWN =
      Optional.of("git did not say in time whether files differ from the commit");

  private Code tooLarge(
      Path workingDirectory, DirectoryMemory memory, Optional<GitState> git, TooLarge tooLarge) {
    var note =
        "the code of `"
            + workingDirectory
            + "` is not kept: "
            + tooLarge.getMessage()
            + (tooLarge.isForGood()
                ? "; name what is no code in a `.ferryignore`"
                : "; the next run will find it read, or name what is no code in a `.ferryignore`");
    if (tooLarge.isForGood()) {
      memory.giveUp(note, nanoClock.getAsLong());
    } else if (memory.beginReading()) {
      background.execute(() -> readInBackground(workingDirectory, memory));
    }
    return new Code(Optional.empty(), git.map(GitState::commit), false, Optional.of(note));
  }

  private void readInBackground(Path workingDirectory, DirectoryMemory memory) {
    try {
      take(
          workingDirectory,
          new DirectoryMemory(workingDirectory, memory.indexes()),
          limits.patient(BACKGROUND_PATIENCE));
      memory.reload();
    } catch (TooLarge tooLarge) {
      memory.giveUp(
          "the code of `"
              + workingDirectory
              + "` is not kept: "
              + tooLarge.getMessage()
              + "; name what is no code in a `.ferryignore`",
          nanoClock.getAsLong());
    } catch (IOException trouble) {
      // The next submit meets the same trouble and says so to the one who can mend it.
      memory.reload();
    } finally {
      memory.endReading();
    }
  }

  private record Taken(String hash, Optional<String> note) {}

  private Taken take(Path workingDirectory, DirectoryMemory memory, Limits allowed)
      throws IOException, TooLarge {
    var budget = new Budget(nanoClock, allowed);
    var scan = new DirectoryScan(workingDirectory, home, budget);
    scan.walk();
    var snapshot = new SnapshotWriter(workingDirectory, directory, store, memory.index(), budget);
    try {
      var hash = snapshot.write(scan.found());
      var unread = new ArrayList<>(scan.unreadable());
      unread.addAll(snapshot.unreadable());
      return new Taken(
          hash,
          unread.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  "not kept, because it cannot be read: `"
                      + unread.getFirst()
                      + "`"
                      + (unread.size() > 1 ? " and " + (unread.size() - 1) + " more" : "")));
    } finally {
      if (snapshot.learned()) {
        memory.index().write();
      }
    }
  }

  @Override
  public SortedMap<String, String> files(String snapshot) {
    var files = new TreeMap<String, String>();
    for (var entry : manifest(snapshot).entries()) {
      if (entry.kind() != ManifestEntry.Kind.DIRECTORY) {
        files.put(entry.path(), entry.content());
      }
    }
    return files;
  }

  @Override
  public Optional<String> restore(String snapshot, Path original, Path target) {
    var manifest = manifest(snapshot);
    try {
      return new WorkingCopy(store, home, original, target).make(manifest);
    } catch (IOException trouble) {
      throw DiskTrouble.at(target, trouble);
    }
  }

  @Override
  public List<String> settle(String brought, Path original, Path target) {
    try {
      return Brought.settle(brought, home, original, target);
    } catch (IOException trouble) {
      throw DiskTrouble.at(target, trouble);
    }
  }

  @Override
  public void bringBack(Path copy) {
    try {
      Brought.bringBack(copy);
    } catch (IOException trouble) {
      throw DiskTrouble.at(copy, trouble);
    }
  }

  @Override
  public List<Difference> diff(String from, String to) {
    var before = files(from);
    var after = files(to);
    var differences = new ArrayList<Difference>();
    var paths = new TreeMap<>(before);
    paths.putAll(after);
    for (var path : paths.keySet()) {
      var change =
          !before.containsKey(path)
              ? Change.ADDED
              : !after.containsKey(path) ? Change.REMOVED : Change.CHANGED;
      if (change != Change.CHANGED || !paths.get(path).equals(before.get(path))) {
        differences.add(new Difference(path, change));
      }
    }
    return differences;
  }

  private Manifest manifest(String snapshot) {
    var file = directory.resolve(snapshot);
    try {
      return Manifest.read(file, snapshot)
          .orElseThrow(
              () -> new RequestError.NotFound("snapshot", snapshot, Optional.empty()).thrown());
    } catch (IOException trouble) {
      throw DiskTrouble.at(file, trouble);
    }
  }
}
