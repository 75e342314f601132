package ferry.server;

import ferry.error.DiskTrouble;
import ferry.error.UserException;
import ferry.server.http.Guard;
import ferry.server.http.HttpFront;
import ferry.server.http.Route;
import ferry.server.http.Router;
import ferry.server.mlflow.MlflowApi;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Where steps in Pods reach the server: on an address that they reach, for nothing but what a step
 * may do, and with nothing but the token of an attempt that has not ended. The port stays the same
 * from one server of a home to the next, since steps outlive servers.
 */
public final class StepDoor implements AutoCloseable {
  private static final String FILE = "steps.port";
  private static final int MOST_PORT = 65_535;

  private final HttpFront front;
  private final String host;

  /**
   * Listens from now on.
   *
   * @param routes of which those for steps are answered
   * @throws ferry.error.UserException where it cannot listen there
   */
  public StepDoor(Path home, InetAddress address, List<Route> routes, StepTokens tokens) {
    host =
        address instanceof Inet6Address
            ? "[" + address.getHostAddress() + "]"
            : address.getHostAddress();
    var file = home.resolve(FILE);
    var router = new Router(ofSteps(routes), List.of(MlflowApi.dialect()));
    front = front(address, port(file), router, tokens);
    front.open();
    write(file);
  }

  /** One word that nobody knows, since no owner comes this way. */
  private static String nobody() {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static List<Route> ofSteps(List<Route> routes) {
    var all = new ArrayList<Route>();
    all.add(
        new Route(
            "GET",
            "/api/v1/health",
            Route.Access.ANYBODY,
            exchange -> exchange.json(200, json -> json.text("status", "ok"))));
    routes.stream().filter(route -> route.access() == Route.Access.STEPS).forEach(all::add);
    return all;
  }

  private HttpFront front(InetAddress address, int port, Router router, StepTokens tokens) {
    try {
      return listen(new InetSocketAddress(address, port), router, tokens);
    } catch (UserException taken) {
      if (port == 0) {
        throw taken;
      }
      return listen(new InetSocketAddress(address, 0), router, tokens);
    }
  }

  private HttpFront listen(InetSocketAddress address, Router router, StepTokens tokens) {
    return new HttpFront(
        address,
        router,
        port -> new Guard(Set.of(host + ":" + port), nobody(), _ -> false, tokens::attempt),
        () -> {});
  }

  private static int port(Path file) {
    try {
      var text = Files.exists(file) ? Files.readString(file).strip() : "";
      int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
      return port <= MOST_PORT ? port : 0;
    } catch (IOException unreadable) {
      return 0; // then it is a new one
    }
  }

  private void write(Path file) {
    try {
      Files.writeString(file, front.port() + "\n");
    } catch (IOException trouble) {
      front.close();
      throw DiskTrouble.at(file, trouble);
    }
  }

  /** Where steps find it. */
  public String url() {
    return "http://" + host + ":" + front.port();
  }

  @Override
  public void close() {
    front.close();
  }
}
