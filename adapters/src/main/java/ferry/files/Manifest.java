package ferry.files;

import ferry.tracking.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a snapshot consists of, in the order of paths. The same content gives the same hash. */
record Manifest(List<ManifestEntry> entries) {
  private static final String HEADER = "ferry snapshot 1\n";

  Manifest {
    entries = entries.stream().sorted(Comparator.comparing(ManifestEntry::path)).toList();
  }

  String text() {
    var text = new StringBuilder(HEADER);
    entries.forEach(entry -> text.append(entry.line()));
    return text.toString();
  }

  static String hash(String text) {
    return Sha256.of(text);
  }

  /** Reads a manifest; empty where it is not there or is damaged. */
  static Optional<Manifest> read(Path file, String hash) throws IOException {
    if (!file.toFile().isFile()) {
      return Optional.empty();
    }
    var text = Files.readString(file);
    if (!hash(text).equals(hash) || !text.startsWith(HEADER)) {
      return Optional.empty();
    }
    return Optional.of(parse(text));
  }

  /** The entries of a text that {@link #text} gave; lines that are none do not count. */
  static Manifest parse(String text) {
    return new Manifest(
        text.lines().skip(1).flatMap(line -> ManifestEntry.parse(line).stream()).toList());
  }
}
