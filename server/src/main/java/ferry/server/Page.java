package ferry.server;

import ferry.server.http.Exchange;
import ferry.server.http.HttpProblem;
import ferry.server.http.Route;
import ferry.server.http.Route.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The web page's own files. They hold nothing of the user's, so anybody may have them; what the
 * page shows it asks of the API, with the token of its session.
 */
final class Page {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  /** Nothing is loaded from elsewhere, nothing runs that did not come with the page. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
              + " data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
              + " frame-ancestors 'self'",
          "X-Frame-Options",
          "SAMEORIGIN",
          "Referrer-Policy",
          "no-referrer");

  private static final String NOT_BUILT =
      """
      <!doctype html><html lang="en"><meta charset="utf-8"><title>Ferry</title>
      <p>Ferry runs, but its page was not built: <code>./ferry ui</code> builds it where Node.js is
      installed.</p></html>
      """;

  private final Optional<Path> files;

  /** The page whose built files lie in a directory, which may come to be later. */
  Page(Optional<Path> files) {
    this.files = files;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/", Access.ANYBODY, this::index),
        new Route("GET", "/favicon.svg", Access.ANYBODY, e -> file(e, "favicon.svg")),
        new Route("GET", "/assets/{file}", Access.ANYBODY, e -> file(e, "assets/" + name(e))));
  }

  private void index(Exchange exchange) throws IOException {
    var file = files.map(directory -> directory.resolve("index.html")).filter(Files::exists);
    var page =
        file.isPresent()
            ? Files.readAllBytes(file.get())
            : NOT_BUILT.getBytes(StandardCharsets.UTF_8);
    exchange.send(200, TYPES.getOrDefault("html", ""), page, HEADERS);
  }

  private static String name(Exchange exchange) {
    var name = exchange.path("file");
    return NAME.matcher(name).matches() ? name : "";
  }

  private void file(Exchange exchange, String name) throws IOException {
    var file = files.map(directory -> directory.resolve(name)).filter(Files::isRegularFile);
    var type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (file.isEmpty() || type == null) {
      throw new HttpProblem(
          404, "no-such-address", "the page has no such file", "load the page again");
    }
    exchange.send(200, type, Files.readAllBytes(file.get()), HEADERS);
  }
}
