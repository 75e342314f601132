package ferry.cli.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One request on a connection of its own. The JDK's client would take longer to load than the whole
 * command takes with a plain socket.
 *
 * @param path with its query, percent-encoded
 * @param body JSON; empty for none
 * @param patienceMillis how long the server may be silent
 */
record HttpRequest(String method, String path, String body, int patienceMillis) {
  private static final int CONNECT_MILLIS = 3_000;

  /**
   * Sends it and waits for the answer's head.
   *
   * @throws IOException where the server is not there, or went away before it answered
   */
  HttpAnswer send(ServerFile server) throws IOException {
    var socket = new Socket(Proxy.NO_PROXY);
    try {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(address(server), server.port()), CONNECT_MILLIS);
      socket.setSoTimeout(patienceMillis);
      var content = body.getBytes(StandardCharsets.UTF_8);
      var head = head(server, content.length).getBytes(StandardCharsets.ISO_8859_1);
      var all = new byte[head.length + content.length];
      System.arraycopy(head, 0, all, 0, head.length);
      System.arraycopy(content, 0, all, head.length, content.length);
      socket.getOutputStream().write(all);
      return HttpAnswer.read(socket);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** Loopback without asking a resolver. */
  private static InetAddress address(ServerFile server) throws IOException {
    return switch (server.host()) {
      case "127.0.0.1", "localhost" ->
          InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
      default -> InetAddress.getByName(server.host());
    };
  }

  private String head(ServerFile server, int length) {
    var head = new StringBuilder(256);
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(server.host()).append(':').append(server.port()).append("\r\n");
    head.append("Authorization: Bearer ").append(server.token()).append("\r\n");
    head.append("Accept: ")
        .append(path.contains("/events") ? "text/event-stream" : "*/*")
        .append("\r\n");
    if (length > 0) {
      head.append("Content-Type: application/json\r\n");
    }
    if (!method.equals("GET")) {
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    return head.append("Connection: close\r\n\r\n").toString();
  }
}
