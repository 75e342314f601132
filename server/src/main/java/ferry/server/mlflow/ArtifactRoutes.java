package ferry.server.mlflow;

import ferry.server.http.Exchange;
import ferry.server.http.JsonWriter;
import ferry.tracking.ArtifactFiles;
import ferry.tracking.TrackedRuns;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** {@code /mlflow/artifacts/list} and {@code /mlflow-artifacts}: files of runs and models. */
final class ArtifactRoutes {
  private static final String PROXY = "mlflow-artifacts:/";
  private static final String FILES = "/mlflow-artifacts/artifacts";
  private static final int MOST_PARTS = 10_000;

  private final ArtifactFiles files;
  private final TrackedRuns runs;
  private final ArtifactRights rights;

  ArtifactRoutes(ArtifactFiles files, TrackedRuns runs, ArtifactRights rights) {
    this.files = files;
    this.runs = runs;
    this.rights = rights;
  }

  void add(Endpoints to) {
    to.add("GET", "/artifacts/list", (asked, _) -> ofRun(asked));
    to.raw("GET", FILES, this::list);
    to.raw("GET", FILES + "/{path...}", this::download);
    to.raw("HEAD", FILES + "/{path...}", this::download);
    to.raw("PUT", FILES + "/{path...}", this::upload);
    to.raw("DELETE", FILES + "/{path...}", this::delete);
    to.raw("POST", "/mlflow-artifacts/mpu/create/{path...}", this::begin);
    to.raw("PUT", "/mlflow-artifacts/mpu/part/{upload}/{number}", this::part);
    to.raw("POST", "/mlflow-artifacts/mpu/complete/{path...}", this::complete);
    to.raw("POST", "/mlflow-artifacts/mpu/abort/{path...}", this::abort);
  }

  private JsonWriter.Content ofRun(Parameters asked) {
    var id = RunRoutes.id(asked);
    var run =
        runs.find(id).orElseThrow(() -> MlflowProblem.missing("Run with id=" + id + " not found"));
    var path = asked.optionalText("path").orElse("");
    var root = run.artifacts();
    return json ->
        json.text("root_uri", root)
            .list(
                "files",
                root.startsWith(PROXY) ? files.list(place(root, path)) : List.of(),
                (one, entry) -> write(one, entry, path.isEmpty() ? "" : path + "/"));
  }

  /** The path in the tree of files that a place means. */
  static String place(String uri, String path) {
    var root = uri.substring(PROXY.length()).replaceAll("^/+", "");
    var inner = path.replaceAll("/+$", "");
    return inner.isEmpty() ? root : root + "/" + inner;
  }

  private void list(Exchange exchange) throws IOException {
    var path = Parameters.of(exchange).optionalText("path").orElse("").replaceAll("^/+|/+$", "");
    var entries = files.list(path);
    exchange.json(200, json -> json.list("files", entries, (one, entry) -> write(one, entry, "")));
  }

  static void write(JsonWriter json, ArtifactFiles.Entry entry, String before) throws IOException {
    json.text("path", before + entry.name()).truth("is_dir", entry.isDirectory());
    if (!entry.isDirectory()) {
      json.number("file_size", entry.bytes());
    }
  }

  private void download(Exchange exchange) throws IOException {
    var path = exchange.path("path");
    var file =
        files
            .locate(path)
            .orElseThrow(() -> MlflowProblem.missing("No such artifact: '" + path + "'"));
    try (var in = open(file, path)) {
      send(exchange, in);
    }
  }

  private static SeekableByteChannel open(Path file, String path) throws IOException {
    try {
      return Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException _) {
      throw MlflowProblem.missing("No such artifact: '" + path + "'");
    }
  }

  private static void send(Exchange exchange, SeekableByteChannel in) throws IOException {
    long size = in.size();
    var range = ByteRange.of(exchange.header("Range"), size);
    var headers =
        Map.of(
            "Content-Disposition", "attachment",
            "Accept-Ranges", "bytes",
            "Content-Security-Policy", "sandbox; default-src 'none'");
    if (range.isEmpty()) {
      send(exchange, in, 200, new ByteRange(0, size), headers);
    } else if (range.get().isEmpty()) {
      exchange.stream(416, "text/plain", 0, Map.of("Content-Range", "bytes */" + size)).close();
    } else {
      var all = new HashMap<>(headers);
      all.put("Content-Range", range.get().header(size));
      send(exchange, in, 206, range.get(), all);
    }
  }

  private static void send(
      Exchange exchange,
      SeekableByteChannel in,
      int status,
      ByteRange range,
      Map<String, String> headers)
      throws IOException {
    try (var out = exchange.stream(status, "application/octet-stream", range.length(), headers)) {
      if (!exchange.method().equals("HEAD")) {
        range.copy(in, out);
      }
    }
  }

  private void upload(Exchange exchange) throws IOException {
    var path = writable(exchange);
    files.keep(path, SaidDigest.checked(exchange.input(), exchange::header));
    exchange.json(200, Endpoints.NOTHING);
  }

  private void delete(Exchange exchange) throws IOException {
    var path = exchange.path("path");
    rights.checkDelete(exchange, path);
    files.delete(path);
    exchange.json(200, Endpoints.NOTHING);
  }

  private String writable(Exchange exchange) {
    var path = exchange.path("path");
    rights.checkWrite(exchange, path);
    return path;
  }

  /**
   * Each part is sent to an address of its own, with the caller's own token in a header, so that it
   * stands in no address.
   */
  private void begin(Exchange exchange) throws IOException {
    var path = writable(exchange);
    var asked = Parameters.of(exchange);
    int parts = asked.count("num_parts", 1, MOST_PARTS).orElse(1);
    var whole = whole(path, asked.text("path"));
    var upload = files.begin(whole);
    var base = exchange.url() + "/api/2.0/mlflow-artifacts/mpu/part/" + upload + "/";
    var token = exchange.header("Authorization").orElse("");
    var numbers = IntStream.rangeClosed(1, parts).boxed().toList();
    exchange.json(
        200,
        json ->
            json.text("upload_id", upload)
                .list(
                    "credentials",
                    numbers,
                    (one, number) ->
                        one.text("url", base + number)
                            .number("part_number", (long) number)
                            .texts("headers", Map.of("Authorization", token))));
  }

  /** Where the file comes to lie; clients say its name or its whole path. */
  private static String whole(String directory, String name) {
    var last = name.substring(name.lastIndexOf('/') + 1);
    return directory.endsWith("/" + last) ? directory : directory + "/" + last;
  }

  private void part(Exchange exchange) throws IOException {
    var number = exchange.path("number");
    if (!number.matches("[0-9]{1,5}")) {
      throw MlflowProblem.invalid("Invalid part number: '" + number + "'");
    }
    var hash = files.part(exchange.path("upload"), Integer.parseInt(number), exchange.input());
    exchange.stream(200, "application/json", 0, Map.of("ETag", "\"" + hash + "\"")).close();
  }

  private void complete(Exchange exchange) throws IOException {
    var path = writable(exchange);
    var asked = Parameters.of(exchange);
    var parts =
        asked.objects("parts").stream()
            .map(
                part -> new ArtifactFiles.Part((int) part.number("part_number"), part.text("etag")))
            .toList();
    files.complete(whole(path, asked.text("path")), asked.text("upload_id"), parts);
    exchange.json(200, Endpoints.NOTHING);
  }

  private void abort(Exchange exchange) throws IOException {
    writable(exchange);
    files.abort(Parameters.of(exchange).text("upload_id"));
    exchange.json(200, Endpoints.NOTHING);
  }
}
