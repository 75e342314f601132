package ferry.kubernetes.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Packages that somebody put into the running container: newer than its start, and not on a volume
 * that steps have. They are in no image, so a step would not find them.
 *
 * @param python distributions by name and version, with their metadata's directories
 * @param others of conda and of the system, as {@code name (conda)}
 * @param virtualEnvironment the environment in use, where it was itself made since the start
 */
record HandInstalled(
    List<Distribution> python, List<String> others, Optional<Path> virtualEnvironment) {

  /**
   * A Python package.
   *
   * @param metadata its {@code .dist-info} directory
   */
  record Distribution(String name, String version, Path metadata) {
    static Distribution of(Path metadata) {
      var words =
          metadata.getFileName().toString().replaceFirst("\\.(dist|egg)-info$", "").split("-");
      return new Distribution(words[0], words.length > 1 ? words[1] : "", metadata);
    }

    @Override
    public String toString() {
      return version.isEmpty() ? name : name + "==" + version;
    }
  }

  HandInstalled {
    python = List.copyOf(python);
    others = List.copyOf(others);
  }

  boolean isNothing() {
    return python.isEmpty() && others.isEmpty() && virtualEnvironment.isEmpty();
  }

  /**
   * Looks for them where the Python that {@code typed} names keeps its packages.
   *
   * @param root of the file system
   * @param started when the container did; the image's files are older
   * @param shared whether steps see what is in a directory
   */
  static HandInstalled find(
      Path root, Map<String, String> typed, Instant started, Predicate<Path> shared) {
    var search = new Search(root, started, shared);
    var environment =
        Optional.ofNullable(typed.get("VIRTUAL_ENV"))
            .or(() -> Optional.ofNullable(typed.get("CONDA_PREFIX")))
            .map(Path::of)
            .filter(search::isMadeByHand);
    if (environment.isPresent()) {
      return new HandInstalled(List.of(), List.of(), environment);
    }
    var python = new ArrayList<Distribution>();
    var others = new ArrayList<String>();
    for (var prefix : prefixes(typed)) {
      search
          .sites(prefix)
          .forEach(
              site -> search.newIn(site, ".dist-info").map(Distribution::of).forEach(python::add));
      search
          .newIn(prefix.resolve("conda-meta"), ".json")
          .forEach(file -> others.add(plain(file, ".json") + " (conda)"));
    }
    search
        .newIn(Path.of("/var/lib/dpkg/info"), ".list")
        .forEach(file -> others.add(plain(file, ".list") + " (apt)"));
    python.sort(Comparator.comparing(Distribution::name));
    return new HandInstalled(
        python, others.stream().sorted().distinct().toList(), Optional.empty());
  }

  private static String plain(Path file, String ending) {
    var name = file.getFileName().toString();
    return name.substring(0, name.length() - ending.length()).replaceFirst(":.*", "");
  }

  /** Where a Python may be: around each directory of the path, and the user's own. */
  private static List<Path> prefixes(Map<String, String> typed) {
    var prefixes = new ArrayList<Path>();
    Stream.of(typed.getOrDefault("PATH", "/usr/local/bin:/usr/bin").split(":"))
        .filter(word -> word.startsWith("/"))
        .map(Path::of)
        .filter(path -> path.getParent() != null && path.getParent().getNameCount() > 0)
        .map(Path::getParent)
        .distinct()
        .forEach(prefixes::add);
    var base = typed.get("PYTHONUSERBASE");
    var home = typed.get("HOME");
    if (base != null || home != null) {
      prefixes.add(base != null ? Path.of(base) : Path.of(home, ".local"));
    }
    return prefixes.stream().distinct().toList();
  }

  /** Looks at directories as they are below a root. */
  private record Search(Path root, Instant started, Predicate<Path> shared) {

    /** The directories of packages below a prefix. */
    List<Path> sites(Path prefix) {
      var sites = new ArrayList<Path>();
      for (var version : list(prefix.resolve("lib"), name -> name.startsWith("python3"))) {
        sites.add(version.resolve("site-packages"));
        sites.add(version.resolve("dist-packages"));
      }
      return sites;
    }

    Stream<Path> newIn(Path directory, String ending) {
      return shared.test(directory)
          ? Stream.empty()
          : list(directory, name -> name.endsWith(ending)).stream().filter(this::isNew);
    }

    boolean isMadeByHand(Path environment) {
      return !shared.test(environment)
          && Stream.of("pyvenv.cfg", "conda-meta/history")
              .map(environment::resolve)
              .anyMatch(this::isNew);
    }

    private boolean isNew(Path path) {
      try {
        return Files.getLastModifiedTime(below(path)).toInstant().isAfter(started);
      } catch (IOException _) {
        return false;
      }
    }

    private List<Path> list(Path directory, Predicate<String> names) {
      try (var files = Files.list(below(directory))) {
        return files
            .map(file -> file.getFileName().toString())
            .filter(names)
            .map(directory::resolve)
            .sorted()
            .toList();
      } catch (IOException _) {
        return List.of();
      }
    }

    private Path below(Path path) {
      return root.resolve(path.toString().substring(1));
    }
  }
}
