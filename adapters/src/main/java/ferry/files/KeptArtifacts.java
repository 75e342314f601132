package ferry.files;

import ferry.error.DiskTrouble;
import ferry.files.ManifestEntry.Kind;
import ferry.run.RunId;
import ferry.tracking.Artifacts;
import ferry.tracking.AttemptPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Artifacts as files under {@code artifacts/<run>/<step run>/}, each a hard link to its content,
 * which lies once under {@code artifacts/files}; content to which no link is left is deleted.
 */
final class KeptArtifacts implements Artifacts {
  private static final String LISTING = ".files";

  private final Path directory;
  private final ContentStore store;

  KeptArtifacts(Path home) {
    directory = home.resolve("artifacts");
    store = new ContentStore(directory.resolve("files"));
  }

  @Override
  public List<Artifact> keep(RunId run, String stepRun, Path from, List<String> paths) {
    var place = place(run, stepRun);
    try {
      letGo(place);
      var entries = new ArrayList<ManifestEntry>();
      for (var path : files(from, paths)) {
        entries.add(keep(from.resolve(path), path, place));
      }
      Home.createPrivate(place);
      var manifest = new Manifest(entries);
      replace(place.resolve(LISTING), manifest.text());
      return artifacts(manifest);
    } catch (IOException trouble) {
      throw DiskTrouble.at(place, trouble);
    }
  }

  private static TreeSet<String> files(Path from, List<String> paths) throws IOException {
    var files = new TreeSet<String>();
    for (var path : paths) {
      var named = from.resolve(path);
      if (!Files.isDirectory(named)) {
        files.add(path);
        continue;
      }
      try (var all = Files.walk(named)) {
        all.filter(Files::isRegularFile)
            .forEach(file -> files.add(path + "/" + named.relativize(file)));
      }
    }
    return files;
  }

  private ManifestEntry keep(Path file, String path, Path place) throws IOException {
    var link = place.resolve(inside(path));
    Home.createParent(link);
    var hash = store.keep(file);
    try {
      store.linkTo(hash, link);
    } catch (NoSuchFileException clearedAway) {
      // Somebody deleted the last run with this content between the two lines above.
      hash = store.keep(file);
      store.linkTo(hash, link);
    }
    var kind = Files.isExecutable(file) ? Kind.EXECUTABLE : Kind.FILE;
    return new ManifestEntry(kind, hash, Files.size(link), path);
  }

  /** A path that stays below its directory, whatever was named. */
  private static String inside(String path) {
    return Arrays.stream(path.split("/"))
        .filter(part -> !part.isEmpty() && !part.equals("."))
        .map(part -> part.equals("..") ? "_up_" : part)
        .collect(Collectors.joining("/"));
  }

  private static void replace(Path file, String text) throws IOException {
    var temporary = file.resolveSibling(LISTING + UUID.randomUUID());
    Files.writeString(temporary, text);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public List<Artifact> list(RunId run, String stepRun) {
    return artifacts(manifest(place(run, stepRun)));
  }

  @Override
  public Path locate(RunId run, String stepRun, String path) {
    return place(run, stepRun).resolve(inside(path));
  }

  @Override
  public boolean restore(RunId run, String stepRun, Path target) {
    var place = place(run, stepRun);
    var listing = place.resolve(LISTING);
    if (!listing.toFile().isFile()) {
      return false;
    }
    try {
      var entries = manifest(place).entries();
      for (var entry : entries) {
        if (!store.isIntact(entry.word()) && !isThere(entry, target)) {
          return false;
        }
      }
      for (var entry : entries) {
        if (!isThere(entry, target)) {
          putBack(entry, target.resolve(entry.path()));
        }
      }
      return true;
    } catch (IOException trouble) {
      throw DiskTrouble.at(target, trouble);
    }
  }

  private static boolean isThere(ManifestEntry entry, Path target) throws IOException {
    var file = target.resolve(entry.path());
    return Files.isRegularFile(file)
        && Files.size(file) == entry.size()
        && ContentStore.hash(file).equals(entry.word());
  }

  private void putBack(ManifestEntry entry, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    var temporary = file.resolveSibling(".ferry-" + UUID.randomUUID());
    try {
      store.copyTo(entry.word(), temporary, entry.kind() == Kind.EXECUTABLE);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public void delete(RunId run) {
    var place = directory.resolve(run.value());
    try (var steps = place.toFile().isDirectory() ? Files.list(place) : null) {
      if (steps != null) {
        for (var step : steps.toList()) {
          letGo(step);
        }
        Home.deleteTree(place);
      }
    } catch (IOException trouble) {
      throw DiskTrouble.at(place, trouble);
    }
  }

  private void letGo(Path place) throws IOException {
    var entries = manifest(place).entries();
    Home.deleteTree(place);
    for (var entry : entries) {
      var content = store.locate(entry.word());
      if (content.toFile().isFile() && (Integer) Files.getAttribute(content, "unix:nlink") == 1) {
        Files.deleteIfExists(content);
      }
    }
  }

  private static Manifest manifest(Path place) {
    var listing = place.resolve(LISTING);
    try {
      return listing.toFile().isFile()
          ? Manifest.parse(Files.readString(listing))
          : new Manifest(List.of());
    } catch (IOException trouble) {
      throw DiskTrouble.at(listing, trouble);
    }
  }

  private static List<Artifact> artifacts(Manifest manifest) {
    return manifest.entries().stream()
        .map(entry -> new Artifact(entry.path(), entry.word(), entry.size()))
        .toList();
  }

  private Path place(RunId run, String stepRun) {
    return directory.resolve(run.value()).resolve(AttemptPath.fileName(stepRun));
  }
}
