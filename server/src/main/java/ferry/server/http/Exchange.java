package ferry.server.http;

import com.sun.net.httpserver.HttpExchange;
import ferry.error.RequestError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request and its answer. */
public final class Exchange {
  /** The most that a request may hold, in bytes. */
  public static final int LARGEST_BODY = 16 << 20;

  /** The most of those who need no token, in bytes. */
  private static final int LARGEST_OF_ANYBODY = 4096;

  private static final String JSON = "application/json";

  private final HttpExchange raw;
  private final BodyRoom.Place place;
  private final Router.Found found;
  private final Caller caller;
  private @Nullable Map<String, String> query;

  Exchange(HttpExchange raw, BodyRoom.Place place, Router.Found found, Caller caller) {
    this.raw = raw;
    this.place = place;
    this.caller = caller;
    this.found = found;
  }

  void handle() throws IOException, InterruptedException {
    found.route().handler().handle(this);
  }

  /** Who sends it. */
  public Caller caller() {
    return caller;
  }

  public String method() {
    return raw.getRequestMethod();
  }

  /** The address, percent-encoded, without what follows a question mark. */
  public String rawPath() {
    return raw.getRequestURI().getRawPath();
  }

  /** What follows the question mark, percent-encoded; empty where nothing does. */
  public String rawQuery() {
    return Optional.ofNullable(raw.getRequestURI().getRawQuery()).orElse("");
  }

  /** The first header of that name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(raw.getRequestHeaders().getFirst(name));
  }

  /** The body as it comes, of any size. */
  public InputStream input() {
    return raw.getRequestBody();
  }

  /**
   * The body whole; at most {@link #LARGEST_BODY}.
   *
   * @throws HttpProblem 413 where it is too large, 503 where too many large ones are in hand
   */
  public byte[] bytes() throws IOException {
    boolean isAnybody = caller instanceof Caller.Anybody;
    return Bodies.read(raw, place, isAnybody ? LARGEST_OF_ANYBODY : LARGEST_BODY);
  }

  /** What stands for a brace of the route. */
  public String path(String name) {
    return Optional.ofNullable(found.path().get(name)).orElseThrow();
  }

  /** A value after the question mark; one that is empty counts as not given. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query().get(name)).filter(value -> !value.isEmpty());
  }

  private Map<String, String> query() {
    var known = query;
    if (known == null) {
      known = Percent.query(raw.getRequestURI().getRawQuery());
      query = known;
    }
    return known;
  }

  /** The address of this server. */
  public String url() {
    var here = raw.getLocalAddress();
    var host = here.getAddress();
    var name = host.isLoopbackAddress() ? "127.0.0.1" : host.getHostAddress();
    return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + here.getPort();
  }

  /** Whether a word stands after the question mark: alone, or as {@code true} or {@code 1}. */
  public boolean flag(String name) {
    var value = query().getOrDefault(name, "false");
    return value.isEmpty() || value.equals("true") || value.equals("1");
  }

  /** A whole number after the question mark, between two bounds. */
  public Optional<Long> number(String name, long least, long most) {
    return query(name).map(text -> number(name, text, least, most));
  }

  private static long number(String name, String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // worded below, with the numbers that are out of bounds
    }
    var expected = most == Long.MAX_VALUE ? least + " or more" : least + " to " + most;
    var message = "`" + name + "` is `" + text + "`; expected a whole number, " + expected;
    throw new RequestError.BadRequest(message, List.of()).thrown();
  }

  /**
   * The body, which must be a JSON object; an empty one counts as an object without fields.
   *
   * @throws HttpProblem 413 where it is too large
   * @throws ferry.error.UserException where it is anything else
   */
  public Fields body() throws IOException {
    var bytes = bytes();
    return bytes.length == 0 ? new Fields(Map.of()) : new Fields(JsonReader.object(bytes));
  }

  /** Answers with JSON. */
  public void json(int status, JsonWriter.Content content) throws IOException {
    send(status, JSON, JsonWriter.bytes(content));
  }

  /** Answers with nothing but a status. */
  public void empty(int status) throws IOException {
    Bodies.drain(raw);
    raw.sendResponseHeaders(status, -1);
  }

  /** Answers with a text that is complete; head and body leave in one piece. */
  public void send(int status, String type, byte[] content) throws IOException {
    send(status, type, content, Map.of());
  }

  /** As {@link #send(int, String, byte[])}, with headers of its own. */
  public void send(int status, String type, byte[] content, Map<String, String> headers)
      throws IOException {
    Bodies.drain(raw);
    head(type);
    headers.forEach(raw.getResponseHeaders()::set);
    raw.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    raw.getResponseBody().write(content);
    raw.getResponseBody().close();
  }

  /** Begins an answer whose length is not known; what is written leaves with each flush. */
  public OutputStream stream(String type, Map<String, String> headers) throws IOException {
    head(type);
    headers.forEach(raw.getResponseHeaders()::set);
    raw.sendResponseHeaders(200, 0);
    return raw.getResponseBody();
  }

  /** Begins an answer of a known length. */
  public OutputStream stream(int status, String type, long length, Map<String, String> headers)
      throws IOException {
    Bodies.drain(raw);
    head(type);
    headers.forEach(raw.getResponseHeaders()::set);
    raw.sendResponseHeaders(status, length == 0 || method().equals("HEAD") ? -1 : length);
    return raw.getResponseBody();
  }

  private void head(String type) {
    var headers = raw.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
  }

  /** Tells a client that a token is wanted (RFC 6750). */
  public void challenge() {
    raw.getResponseHeaders().set("WWW-Authenticate", "Bearer");
  }

  boolean hasAnswered() {
    return raw.getResponseCode() > 0;
  }
}
