package ferry.cli.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * Asks the server. What may be repeated is asked again where the connection broke before the
 * answer, of the same server or the next one.
 */
public final class Client {
  private static final String API = "/api/v1";
  private static final int TRIES = 4;

  /** A server that ends closes its door a little before it is gone: some seconds of knocking. */
  private static final int REFUSALS = 60;

  /** The server makes room among the connections of others, and they come back. */
  private static final int TRIES_IN_A_CROWD = 50;

  private static final int PAUSE_MILLIS = 100;
  private static final String NOTHING = "";

  /** Packing a large directory takes its time; a server that is silent for longer hangs. */
  private static final int ANSWER_MILLIS = 300_000;

  /** The server sends a heartbeat each 15 s. */
  private static final int STREAM_MILLIS = 50_000;

  private final Connector connector;

  public Client(Connector connector) {
    this.connector = connector;
  }

  public Json get(String path) {
    return whole(new HttpRequest("GET", API + path, NOTHING, ANSWER_MILLIS), true);
  }

  public Json put(String path) {
    return whole(new HttpRequest("PUT", API + path, NOTHING, ANSWER_MILLIS), true);
  }

  public Json delete(String path) {
    return whole(new HttpRequest("DELETE", API + path, NOTHING, ANSWER_MILLIS), true);
  }

  /** Asks for something that must not happen twice. */
  public Json post(String path, Object body) {
    return whole(new HttpRequest("POST", API + path, JsonText.compact(body), ANSWER_MILLIS), false);
  }

  /** Asks for something that happens once however often it is asked. */
  public Json postAgain(String path, Object body) {
    return whole(new HttpRequest("POST", API + path, JsonText.compact(body), ANSWER_MILLIS), true);
  }

  /** An answer that comes bit by bit; to be closed. */
  public HttpAnswer open(String path) {
    return send(new HttpRequest("GET", API + path, NOTHING, STREAM_MILLIS), true);
  }

  private Json whole(HttpRequest request, boolean again) {
    for (int tries = 1; ; tries++) {
      try (var answer = send(request, again)) {
        return parse(answer.body().readAllBytes());
      } catch (IOException e) {
        if (!again || tries == TRIES) {
          throw wentAway(e);
        }
      }
    }
  }

  private static Json parse(byte[] body) {
    try {
      return Json.parse(body);
    } catch (IOException e) {
      throw Failure.system(
              "the server's answer is " + e.getMessage(),
              "`ferry server stop` and the command again start it anew")
          .thrown();
    }
  }

  private HttpAnswer send(HttpRequest request, boolean again) {
    for (int tries = 1; ; tries++) {
      var server = connector.connect();
      try {
        return checked(request.send(server));
      } catch (IOException e) {
        boolean leaving = e instanceof ConnectException && tries < REFUSALS;
        boolean mayTry = again && !(e instanceof SocketTimeoutException);
        if (!leaving && !(mayTry && tries < TRIES)) {
          var strangers = Strangers.at(server.port());
          if (strangers.isEmpty()) {
            throw wentAway(e);
          }
          if (!mayTry || tries == TRIES_IN_A_CROWD) {
            throw strangers.get().failure(server.port()).thrown();
          }
        }
        ServerStart.pause(Math.min(PAUSE_MILLIS, 10 * tries));
      }
    }
  }

  private static HttpAnswer checked(HttpAnswer answer) throws IOException {
    if (answer.status() < 400) {
      return answer;
    }
    try (answer) {
      throw Failure.of(answer.status(), Json.parseOrNothing(answer.body().readNBytes(1_000_000)))
          .thrown();
    }
  }

  private static CommandFailed wentAway(IOException e) {
    var message =
        e instanceof SocketTimeoutException
            ? "the server is there, and does not answer"
            : "the server went away before it answered (" + e.getMessage() + ")";
    return Failure.system(message, "`ferry doctor` looks for the cause").thrown();
  }

  /** A name as part of a path: everything but letters, digits, {@code - . _ ~} percent-encoded. */
  public static String encode(String name) {
    var path = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          b >= 'a' && b <= 'z'
              || b >= 'A' && b <= 'Z'
              || b >= '0' && b <= '9'
              || b == '-'
              || b == '_'
              || b == '.'
              || b == '~';
      if (plain) {
        path.append((char) b);
      } else {
        path.append('%').append(hex(b >> 4)).append(hex(b));
      }
    }
    return path.toString();
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit & 15);
  }
}
