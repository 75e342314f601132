package ferry.server.http;

import ferry.server.http.Route.Access;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the route of a request. */
public final class Router {

  /** A route, and what its braces stand for. */
  record Found(Route route, Map<String, String> path) {
    /** No route at all, for a request that is refused before one is looked for. */
    static final Found NONE = new Found(Route.of("", "/", _ -> {}), Map.of());
  }

  private final List<Route> routes;
  private final List<Dialect> dialects;
  private final Map<String, Route> plain = new HashMap<>();
  private final List<Route> open;

  public Router(List<Route> routes) {
    this(routes, List.of());
  }

  /** Routes, and where errors are told in another way. */
  public Router(List<Route> routes, List<Dialect> dialects) {
    this.routes = List.copyOf(routes);
    this.dialects = List.copyOf(dialects);
    this.open = routes.stream().filter(route -> route.access() == Access.ANYBODY).toList();
    for (var route : routes) {
      if (route.path().indexOf('{') < 0) {
        plain.put(route.method() + " " + route.path(), route);
      }
    }
  }

  /** How errors are told at an address, where not as everywhere. */
  Optional<Dialect> dialect(String rawPath) {
    return dialects.stream().filter(each -> each.isSpokenAt(rawPath)).findFirst();
  }

  public List<Route> routes() {
    return routes;
  }

  /**
   * The route of a request.
   *
   * @param rawPath still percent-encoded
   * @throws HttpProblem 404 for an unknown address, 405 for a method that it does not know
   */
  Found find(String method, String rawPath) {
    var known = plain.get(method + " " + rawPath);
    return known == null ? search(method, rawPath) : new Found(known, Map.of());
  }

  private Found search(String method, String rawPath) {
    var address = parts(rawPath);
    var others = new ArrayList<String>();
    for (var route : routes) {
      Optional<Map<String, String>> path = route.match(address);
      if (path.isPresent() && route.method().equals(method)) {
        return new Found(route, path.get());
      }
      path.ifPresent(_ -> others.add(route.method()));
    }
    if (others.isEmpty()) {
      throw new HttpProblem(
          404, "no-such-address", "there is nothing at `" + shown(rawPath) + "`", HELP);
    }
    throw new HttpProblem(
        405,
        "method-not-allowed",
        "`" + shown(method) + "` cannot be done here; expected " + String.join(" or ", others),
        HELP);
  }

  /** Whether what lies at the address is for everybody, with a token or without. */
  boolean isForAnybody(String rawPath) {
    var address = parts(rawPath);
    return open.stream().anyMatch(route -> route.match(address).isPresent());
  }

  private static final String HELP = "what can be asked is described at /api/v1/openapi.json";

  private static String shown(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }

  private static List<String> parts(String rawPath) {
    var parts = new ArrayList<String>();
    var path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
    for (var part : path.split("/", -1)) {
      parts.add(Percent.decode(part));
    }
    return parts;
  }
}
