package ferry.files;

import ferry.files.ManifestEntry.Kind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What a working copy has besides code: links to what is ignored and large, and copies of what is
 * small; and what is to be done about both when nobody works in the copy any more.
 */
final class Brought {
  /** A link takes as much room as a smaller file. */
  private static final long WORTH_A_LINK = 4096;

  /** What was written only just could be written again within one tick of the file's clock. */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  /** Of all directories that are linked so many files and directories are looked at, */
  private static final int MOST_LOOKS = 1_000;

  /** and of each at least so many. */
  private static final int FEWEST_LOOKS = 20;

  private static final String MARK = ".ferry-link";

  /** In a copy: which files of it became links. Nothing below that directory is ever code. */
  private static final String SETTLED_FILES = ".ferry/settled";

  private final Path home;
  private final Map<String, Path> links = new TreeMap<>();
  private final List<ManifestEntry> copies = new ArrayList<>();

  /**
   * Nothing yet.
   *
   * @param home Ferry's own directory, which is not looked at
   */
  Brought(Path home) {
    this.home = home;
  }

  /** At a path of the copy there is a link to what is changed by whoever writes there. */
  void linked(String path, Path to) {
    if (!to.equals(home)) {
      links.put(path, to);
    }
  }

  /** At a path of the copy there is a copy of a file, with its time. */
  void copied(String path, Path from) throws IOException {
    var is = Files.readAttributes(from, BasicFileAttributes.class);
    boolean isOld = is.lastModifiedTime().toInstant().isBefore(Instant.now().minus(SETTLED));
    if (is.size() > WORTH_A_LINK && isOld) {
      copies.add(new ManifestEntry(Kind.FILE, time(is), is.size(), path));
    }
  }

  /** All of it, and how what is linked looks now; empty where there is nothing to be done later. */
  Optional<String> text() {
    var entries = new ArrayList<>(copies);
    links.forEach((path, to) ->
        entries.add(new ManifestEntry(Kind.LINK, Look.of(to, home, share(links.size())), 0, path)));
    return entries.isEmpty() ? Optional.empty() : Optional.of(new Manifest(entries).text());
  }

  /** How much of each is looked at: a number that only depends on how many there are. */
  private static int share(int links) {
    return Math.max(FEWEST_LOOKS, MOST_LOOKS / links);
  }

  /**
   * Puts links in the place of copies that nobody changed, so that a copy keeps what was made in it
   * and no more.
   *
   * @param text what {@link #text} gave
   * @return the paths of links behind which something looks otherwise than it did
   */
  static List<String> settle(String text, Path home, Path original, Path target)
      throws IOException {
    var entries = Manifest.parse(text).entries();
    int links = (int) entries.stream().filter(entry -> entry.kind() == Kind.LINK).count();
    var written = new ArrayList<String>();
    var settled = new ArrayList<ManifestEntry>();
    var ours = new OwnDirectories(target);
    for (var entry : entries) {
      var from = original.resolve(entry.path());
      if (entry.kind() == Kind.LINK) {
        if (!Look.of(from, home, share(links)).equals(entry.word())) {
          written.add(entry.path());
        }
      } else if (isUnchanged(entry, from, target) && ours.has(target.resolve(entry.path()))) {
        if (link(target.resolve(entry.path()), from)) {
          settled.add(entry);
        }
      }
    }
    if (!settled.isEmpty()) {
      Home.createParent(target.resolve(SETTLED_FILES));
      Files.writeString(target.resolve(SETTLED_FILES), new Manifest(settled).text());
    }
    return written;
  }

  /** Makes copies again of what {@link #settle} made links of, where they still are links. */
  static void bringBack(Path target) throws IOException {
    var list = target.resolve(SETTLED_FILES);
    if (!Files.isRegularFile(list)) {
      return;
    }
    var ours = new OwnDirectories(target);
    for (var entry : Manifest.parse(Files.readString(list)).entries()) {
      var place = target.resolve(entry.path());
      if (Files.isSymbolicLink(place) && Files.isRegularFile(place) && ours.has(place)) {
        var copy = place.resolveSibling(place.getFileName() + MARK);
        Files.copy(
            place, copy, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, place, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    Files.delete(list);
  }

  private static boolean isUnchanged(ManifestEntry entry, Path from, Path target)
      throws IOException {
    return isAsBrought(target.resolve(entry.path()), entry) && isAsBrought(from, entry);
  }

  private static boolean isAsBrought(Path file, ManifestEntry entry) throws IOException {
    try {
      var is = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return is.isRegularFile() && is.size() == entry.size() && time(is).equals(entry.word());
    } catch (FileSystemException _) {
      return false; // it is gone, or closed
    }
  }

  private static String time(BasicFileAttributes is) {
    return Long.toString(is.lastModifiedTime().to(TimeUnit.NANOSECONDS));
  }

  /** At no moment there is nothing at that place. */
  private static boolean link(Path place, Path to) throws IOException {
    var link = place.resolveSibling(place.getFileName() + MARK);
    try {
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, to);
      Files.move(link, place, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (FileSystemException _) {
      Files.deleteIfExists(link); // then the copy stays
      return false;
    }
  }

  /** Which directories still lie in the copy: whoever works there may put links anywhere. */
  private static final class OwnDirectories {
    private final Path target;
    private final Map<Path, Boolean> known = new HashMap<>();

    OwnDirectories(Path target) {
      this.target = target;
    }

    boolean has(Path file) throws IOException {
      var directory = Home.parent(file);
      var is = known.get(directory);
      if (is == null) {
        is = isOwn(directory);
        known.put(directory, is);
      }
      return is;
    }

    private boolean isOwn(Path directory) throws IOException {
      try {
        var within = target.toRealPath().resolve(target.relativize(directory)).normalize();
        return directory.toRealPath().equals(within);
      } catch (FileSystemException _) {
        return false; // it is gone, or closed
      }
    }
  }
}
