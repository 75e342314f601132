package ferry.local.launcher;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Connections that other users of this machine hold to a port of this process. Nobody else has any
 * business there, but whoever opens enough of them, and says nothing, leaves no place for anybody.
 */
public final class ForeignSockets {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final String ESTABLISHED = "01";
  private static final Set<String> ADMINISTRATOR = Set.of("0");

  private final Posix posix = new Posix();
  private final int port;
  private final int most;

  /**
   * For one port.
   *
   * @param most how many of them are borne
   */
  public ForeignSockets(int port, int most) {
    this.port = port;
    this.most = most;
  }

  /**
   * Ends all of them where there are too many; those who read or write there find the connection
   * closed. Where the kernel tells nothing of connections, nothing is done.
   *
   * @return how many were ended
   */
  public int endWhereTooMany() {
    try {
      var own = Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
      var rows = new ArrayList<>(Files.readAllLines(Path.of("/proc/net/tcp")));
      var six = Path.of("/proc/net/tcp6");
      if (Files.exists(six)) {
        rows.addAll(Files.readAllLines(six));
      }
      var sockets = sockets(rows, port, own);
      return sockets.size() > most ? end(sockets) : 0;
    } catch (IOException | DirectoryIteratorException | UnsupportedOperationException _) {
      return 0; // a system without such tables
    }
  }

  /**
   * This end of each connection whose other end is another user's, as the kernel numbers sockets;
   * the administrator's count as one's own. Of each connection the table has a row at either end.
   */
  static Set<String> sockets(List<String> whole, int port, String own) {
    var here = String.format(":%04X", port);
    var table = whole.stream().filter(row -> row.contains(here)).toList();
    var theirs = new HashSet<String>();
    var ours = new HashSet<String>();
    for (var row : table) {
      var fields = row.strip().split("\\s+", 11);
      if (fields.length > 9 && fields[3].equals(ESTABLISHED) && fields[2].endsWith(here)) {
        boolean mayBe = fields[7].equals(own) || ADMINISTRATOR.contains(fields[7]);
        (mayBe ? ours : theirs).add(portOf(fields[1]));
      }
    }
    theirs.removeAll(ours); // two addresses of this machine may use one port
    var sockets = new HashSet<String>();
    for (var row : table) {
      var fields = row.strip().split("\\s+", 11);
      if (fields.length > 9
          && fields[1].endsWith(here)
          && fields[7].equals(own)
          && theirs.contains(portOf(fields[2]))) {
        sockets.add("socket:[" + fields[9] + "]");
      }
    }
    return sockets;
  }

  private static String portOf(String address) {
    return address.substring(address.indexOf(':') + 1);
  }

  private int end(Set<String> sockets) throws IOException {
    int ended = 0;
    try (var descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
      for (var descriptor : descriptors) {
        if (sockets.contains(target(descriptor))) {
          posix.shutdown(Integer.parseInt(descriptor.getFileName().toString()));
          ended++;
        }
      }
    }
    return ended;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException _) {
      return ""; // closed meanwhile
    }
  }
}
