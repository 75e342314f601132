package ferry.cli.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Connections that other users of this machine hold to a server. They are let in nowhere without
 * its token, but whoever opens enough of them leaves no place for its owner's.
 *
 * @param held how many, by the id of the user
 */
record Strangers(Map<String, Integer> held) {
  private static final int MANY = 64;
  private static final String ESTABLISHED = "01";

  /** Who holds so many connections to the port that this may be why it does not answer. */
  static Optional<Strangers> at(int port) {
    try {
      var own = Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
      return in(Files.readAllLines(Path.of("/proc/net/tcp")), port, own);
    } catch (IOException | UnsupportedOperationException _) {
      return Optional.empty(); // a system without such a table tells nothing of others
    }
  }

  /** The same, from the kernel's table of connections, of which each has a row at either end. */
  static Optional<Strangers> in(List<String> table, int port, String own) {
    var held = new TreeMap<String, Integer>();
    var there = ":%04X".formatted(port);
    for (var row : table) {
      var fields = row.strip().split("\\s+", 9);
      boolean counts =
          fields.length == 9 && fields[2].endsWith(there) && fields[3].equals(ESTABLISHED);
      if (counts && !fields[7].equals(own)) {
        held.merge(fields[7], 1, Integer::sum);
      }
    }
    int all = held.values().stream().mapToInt(Integer::intValue).sum();
    return all < MANY ? Optional.empty() : Optional.of(new Strangers(held));
  }

  Failure failure(int port) {
    var who =
        held.entrySet().stream()
            .map(user -> user.getValue() + " by the user with id " + user.getKey())
            .toList();
    return Failure.system(
        "others hold so many connections to the server that it takes no more: "
            + String.join(", ", who),
        "the server is sound and its runs go on; ask them, or the machine's administrator, to end"
            + " what connects to port "
            + port);
  }
}
