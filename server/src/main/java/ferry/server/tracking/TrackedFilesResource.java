package ferry.server.tracking;

import ferry.collect.EventFile;
import ferry.error.RequestError;
import ferry.server.http.Exchange;
import ferry.server.http.JsonWriter;
import ferry.server.http.Route;
import ferry.tracking.ArtifactFiles;
import ferry.tracking.MetricSeries;
import ferry.tracking.TrackedId;
import ferry.tracking.TrackedRuns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files of tracked runs for the page. None of them is ever shown as a page of this server: they
 * come as bytes, in a sandbox and as something to save, whatever they say that they are.
 */
final class TrackedFilesResource {
  private static final String PROXY = "mlflow-artifacts:/";
  private static final int USUAL_POINTS = 1000;
  private static final int MOST_POINTS = 20_000;
  private static final int PIECE = 1 << 20;
  private static final long LARGEST_EVENTS = 256L << 20;
  private static final int MOST_DIRECTORIES = 500;
  private static final int MOST_EVENT_FILES = 50;

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Disposition",
          "attachment",
          "Content-Security-Policy",
          "sandbox; default-src 'none'",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  private final TrackedRuns runs;
  private final ArtifactFiles files;

  TrackedFilesResource(TrackedRuns runs, ArtifactFiles files) {
    this.runs = runs;
    this.files = files;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/tracked/{id}/files", this::list),
        Route.of("GET", "/api/v1/tracked/{id}/files/{path...}", this::content),
        Route.of("GET", "/api/v1/tracked/{id}/scalars", this::scalars));
  }

  private void list(Exchange exchange) throws IOException {
    var root = root(exchange);
    var path = exchange.query("path").orElse("").replaceAll("^/+|/+$", "");
    var entries = root.isEmpty() ? List.<ArtifactFiles.Entry>of() : files.list(below(root, path));
    exchange.json(
        200, json -> json.list("files", entries, (one, entry) -> entry(one, entry, path)));
  }

  private static void entry(JsonWriter json, ArtifactFiles.Entry entry, String path)
      throws IOException {
    json.text("path", path.isEmpty() ? entry.name() : path + "/" + entry.name())
        .text("name", entry.name())
        .truth("directory", entry.isDirectory())
        .number("bytes", entry.bytes());
  }

  private void content(Exchange exchange) throws IOException {
    var path = exchange.path("path");
    var file = files.locate(below(root(exchange), path)).orElseThrow(() -> notFound("file", path));
    long size = Files.size(file);
    long from = exchange.number("from", 0, Long.MAX_VALUE).orElse(0L);
    long most = exchange.number("most", 1, Long.MAX_VALUE).orElse(Long.MAX_VALUE);
    long length = Math.max(0, Math.min(size - from, most));
    var headers = new HashMap<>(HEADERS);
    headers.put("X-Ferry-Size", Long.toString(size));
    try (var in = Files.newInputStream(file);
        var out = exchange.stream(200, "application/octet-stream", length, headers)) {
      in.skipNBytes(Math.min(from, size));
      for (long left = length; left > 0; ) {
        var piece = in.readNBytes((int) Math.min(left, PIECE));
        if (piece.length == 0) {
          throw new IOException("the file became shorter while it was read");
        }
        out.write(piece);
        left -= piece.length;
      }
    }
  }

  /** What TensorBoard would draw: the scalars of all event files among a run's files. */
  private void scalars(Exchange exchange) throws IOException {
    var root = root(exchange);
    int most = exchange.number("points", 4, MOST_POINTS).map(Long::intValue).orElse(USUAL_POINTS);
    var found = new TreeMap<String, MetricSeries>();
    for (var path : root.isEmpty() ? List.<String>of() : eventFiles(root)) {
      var file = files.locate(below(root, path));
      if (file.isPresent()) {
        read(file.get(), directory(path), found);
      }
    }
    exchange.json(
        200,
        json ->
            json.list(
                "series",
                found.entrySet(),
                (one, series) -> columns(one, series.getKey(), series.getValue().byStep(), most)));
  }

  private static void columns(JsonWriter json, String key, MetricSeries all, int most)
      throws IOException {
    var shown = all.thinned(most);
    var steps = new ArrayList<Long>();
    var values = new ArrayList<Double>();
    for (int i = 0; i < shown.size(); i++) {
      steps.add(shown.step(i));
      values.add(shown.value(i));
    }
    json.text("key", key)
        .number("all", (long) all.size())
        .tree("steps", steps)
        .tree("values", values);
  }

  /** Event files below a directory, at most fifty, and not deeper than somebody would look. */
  private List<String> eventFiles(String root) {
    var found = new ArrayList<String>();
    var directories = new ArrayDeque<>(List.of(""));
    for (int i = 0; i < MOST_DIRECTORIES && !directories.isEmpty(); i++) {
      var directory = directories.removeFirst();
      for (var entry : files.list(below(root, directory))) {
        var path = directory.isEmpty() ? entry.name() : directory + "/" + entry.name();
        if (entry.isDirectory()) {
          directories.add(path);
        } else if (entry.name().contains("tfevents") && found.size() < MOST_EVENT_FILES) {
          found.add(path);
        }
      }
    }
    return found;
  }

  private static void read(Path file, String directory, Map<String, MetricSeries> into)
      throws IOException {
    var reader = new EventFile();
    try (InputStream in = Files.newInputStream(file)) {
      long left = LARGEST_EVENTS;
      for (var piece = in.readNBytes(PIECE);
          piece.length > 0 && left > 0;
          piece = in.readNBytes(PIECE)) {
        left -= piece.length;
        for (var event : reader.take(piece)) {
          var sighting = event.sighting();
          into.computeIfAbsent(name(directory, sighting.key()), _ -> new MetricSeries(64))
              .add(sighting.step().orElse(0), event.atMillis(), sighting.value());
        }
      }
    } catch (RuntimeException malformed) {
      throw new RequestError.BadRequest(
              "`" + file.getFileName() + "` is not an event file of TensorBoard",
              List.of("it may be cut, or still be written"))
          .thrown();
    }
  }

  private static String name(String directory, String key) {
    return directory.isEmpty() ? key : directory + ": " + key;
  }

  private static String directory(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** Where the files of the run lie in the tree of files; empty where they lie elsewhere. */
  private String root(Exchange exchange) {
    var text = exchange.path("id");
    if (!TrackedId.isGood(text)) {
      throw notFound("tracked run", text);
    }
    var run = runs.find(new TrackedId(text)).orElseThrow(() -> notFound("tracked run", text));
    return run.artifacts().startsWith(PROXY)
        ? run.artifacts().substring(PROXY.length()).replaceAll("^/+|/+$", "")
        : "";
  }

  private static String below(String root, String path) {
    return path.isEmpty() ? root : root + "/" + path;
  }

  private static RuntimeException notFound(String kind, String name) {
    return new RequestError.NotFound(kind, name, Optional.empty()).thrown();
  }
}
