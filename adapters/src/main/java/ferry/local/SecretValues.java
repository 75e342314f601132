package ferry.local;

import ferry.backend.Place;
import ferry.error.DiskTrouble;
import ferry.workflow.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where secrets come from on this machine: the variable itself where the command was typed, or
 * {@code <SECRET>_<KEY>} there, or the file {@code secrets} in the home with lines like {@code
 * warehouse.password=…}, which nobody else may read.
 */
final class SecretValues {
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private final Path file;

  SecretValues(Path home) {
    this.file = home.resolve("secrets");
  }

  /** The value of each variable; nothing of it is to be kept. */
  Map<String, String> find(Place place, Map<String, SecretRef> wanted) throws CannotStart {
    var values = new LinkedHashMap<String, String>();
    for (var each : wanted.entrySet()) {
      values.put(each.getKey(), find(place, each.getKey(), each.getValue()));
    }
    return values;
  }

  private String find(Place place, String variable, SecretRef secret) throws CannotStart {
    var typed = place.variable(variable).or(() -> place.variable(longName(secret)));
    if (typed.isPresent()) {
      return typed.get();
    }
    var written = inFile(secret.secret() + "." + secret.key());
    if (written.isPresent()) {
      return written.get();
    }
    throw new CannotStart(
        "the secret `"
            + secret.secret()
            + "."
            + secret.key()
            + "` for `"
            + variable
            + "` was not given: set "
            + variable
            + " where you type the command, or write the line `"
            + secret.secret()
            + "."
            + secret.key()
            + "=VALUE` to "
            + file
            + " (mode 0600)");
  }

  private static String longName(SecretRef secret) {
    return (secret.secret() + "_" + secret.key())
        .toUpperCase(Locale.ROOT)
        .replaceAll("[^A-Z0-9]", "_");
  }

  private Optional<String> inFile(String name) throws CannotStart {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      var open = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      open.retainAll(OTHERS);
      if (!open.isEmpty()) {
        throw new CannotStart(
            "others on this machine can reach the secrets in "
                + file
                + ": `chmod 600 "
                + file
                + "` first");
      }
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(name + "="))
          .map(line -> line.substring(name.length() + 1))
          .findFirst();
    } catch (IOException trouble) {
      throw new CannotStart("its secrets cannot be read: " + DiskTrouble.words(file, trouble));
    }
  }
}
