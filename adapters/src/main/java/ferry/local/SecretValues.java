package ferry.local;

import ferry.backend.GivenSecrets;
import ferry.backend.GivenSecrets.Wanted;
import ferry.backend.Place;
import ferry.error.DiskTrouble;
import ferry.error.RequestError;
import ferry.workflow.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
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

  /**
   * The value of each variable; nothing of it is to be kept.
   *
   * @throws ferry.error.UserException for one that was not given, or cannot be hidden
   */
  Map<String, String> needed(Place place, Map<String, SecretRef> wanted) {
    var values = new LinkedHashMap<String, String>();
    wanted.forEach(
        (variable, secret) -> values.put(variable, needed(place, new Wanted(variable, secret))));
    return values;
  }

  /** The value of one variable, as for all of them. */
  String needed(Place place, Wanted wanted) {
    var value = find(place, wanted);
    if (value.isEmpty()) {
      throw new RequestError.Lacking(
              "the secret " + wanted.words() + " was not given",
              List.of(
                  "set "
                      + wanted.variable()
                      + " where you type the command, or write the line `"
                      + nameInFile(wanted.secret())
                      + "=VALUE` to "
                      + file
                      + " (mode 0600)"))
          .thrown();
    }
    GivenSecrets.refuseShort(wanted, value.get());
    return value.get();
  }

  /**
   * The value of one variable, if it was given.
   *
   * @throws ferry.error.UserException where the file of secrets cannot be used
   */
  Optional<String> find(Place place, Wanted wanted) {
    return GivenSecrets.find(place, wanted).or(() -> inFile(nameInFile(wanted.secret())));
  }

  private static String nameInFile(SecretRef secret) {
    return secret.secret() + "." + secret.key();
  }

  private Optional<String> inFile(String name) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      refuseOthers();
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(name + "="))
          .map(line -> line.substring(name.length() + 1))
          .findFirst();
    } catch (IOException trouble) {
      throw new RequestError.Lacking(
              "its secrets cannot be read: " + DiskTrouble.words(file, trouble), List.of())
          .thrown();
    }
  }

  private void refuseOthers() throws IOException {
    var open = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    open.retainAll(OTHERS);
    if (!open.isEmpty()) {
      throw new RequestError.Lacking(
              "others on this machine can reach the secrets in " + file,
              List.of("`chmod 600 \"" + file + "\"` first"))
          .thrown();
    }
  }
}
