package ferry.cli.assembly;

import ferry.error.DiskTrouble;
import ferry.error.RequestError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A setting whose value is a line {@code NAME=VALUE} of the file {@code secrets} in the home. */
final class SecretSetting {
  private SecretSetting() {}

  static String read(Path file, String name) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(name + "="))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElseThrow(() -> lacking(file, name));
    } catch (NoSuchFileException _) {
      throw lacking(file, name);
    } catch (IOException e) {
      throw DiskTrouble.at(file, e);
    }
  }

  private static RuntimeException lacking(Path file, String name) {
    return new RequestError.Lacking(
            "the secret `" + name + "` was not given",
            List.of("write the line `" + name + "=VALUE` to " + file + " (mode 0600)"))
        .thrown();
  }
}
