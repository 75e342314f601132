package ferry.server;

import ferry.error.DiskTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file {@code port} in a home: where its last server listened. */
final class KeptPort {
  private static final int MOST = 65_535;

  private KeptPort() {}

  /** The port, or 0 where none is known. */
  static int of(Path home) {
    try {
      var text = Files.readString(home.resolve("port")).strip();
      int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
      return port <= MOST ? port : 0;
    } catch (IOException _) {
      return 0; // the first server, or a file that says nothing: any port will do
    }
  }

  static void keep(Path home, int port) {
    if (of(home) == port) {
      return;
    }
    try {
      Files.writeString(home.resolve("port"), port + "\n");
    } catch (IOException e) {
      throw DiskTrouble.at(home, e);
    }
  }
}
