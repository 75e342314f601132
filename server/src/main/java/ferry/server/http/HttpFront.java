package ferry.server.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import ferry.error.SystemError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on this machine alone and answers each request on a virtual thread; connections, and so
 * threads, are bounded.
 */
public final class HttpFront implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);

  /** A large file over a slow line takes its time; what is cut off would be sent again for ever. */
  private static final String LONGEST_UPLOAD_SECONDS = "21600";

  /** What the JDK's server reads when its classes are loaded; what an operator set stays. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "sun.net.httpserver.nodelay", "true",
          "jdk.httpserver.maxConnections", "512",
          "sun.net.httpserver.maxReqTime", LONGEST_UPLOAD_SECONDS,
          "sun.net.httpserver.timerMillis", "10000",
          "sun.net.httpserver.idleInterval", "60");

  private final HttpServer server;
  private final ExecutorService threads;
  private final Router router;
  private final Guard guard;
  private final Runnable asked;
  private final HttpMeter meter;
  private final BodyRoom room = new BodyRoom();

  /**
   * Binds to a port; requests are answered from {@link #open} on.
   *
   * @param port 0 for any that is free
   * @param guard made for the port that it became
   * @param asked told of each request that was let in
   * @throws ferry.error.UserException where the port cannot be had
   */
  public HttpFront(int port, Router router, IntFunction<Guard> guard, Runnable asked) {
    this(port, router, guard, asked, new HttpMeter());
  }

  /** As the other, counting requests. */
  public HttpFront(
      int port, Router router, IntFunction<Guard> guard, Runnable asked, HttpMeter meter) {
    this(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), router, guard, asked, meter);
  }

  /** As the other, on another address than this machine's own. */
  public HttpFront(
      InetSocketAddress address, Router router, IntFunction<Guard> guard, Runnable asked) {
    this(address, router, guard, asked, new HttpMeter());
  }

  private HttpFront(
      InetSocketAddress address,
      Router router,
      IntFunction<Guard> guard,
      Runnable asked,
      HttpMeter meter) {
    this.meter = meter;
    SETTINGS.forEach((name, value) -> System.getProperties().putIfAbsent(name, value));
    this.router = router;
    this.asked = asked;
    threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
    server = bind(address);
    this.guard = guard.apply(port());
    server.setExecutor(threads);
    server.createContext("/", this::answer);
  }

  private static HttpServer bind(InetSocketAddress address) {
    try {
      return HttpServer.create(address, 128);
    } catch (IOException e) {
      var message = "the server cannot listen on " + where(address) + ": " + e.getMessage();
      throw new SystemError.Unavailable(message, List.of("choose another port, or none")).thrown();
    }
  }

  private static String where(InetSocketAddress address) {
    return address.getAddress().isLoopbackAddress()
        ? "port " + address.getPort()
        : address.getHostString() + ", port " + address.getPort();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public void open() {
    server.start();
  }

  /** Stops listening; answers under way are cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /**
   * Answers one request.
   *
   * @throws IOException where the answer did not get through whole: the JDK's server counts a
   *     connection among those that are open until its handler throws
   */
  private void answer(HttpExchange raw) throws IOException {
    long started = System.nanoTime();
    meter.begin();
    try (raw;
        var place = room.place()) {
      var exchange = new Exchange(raw, place, Router.Found.NONE, new Caller.Anybody());
      try {
        exchange = admit(raw, place);
        exchange.handle();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new IOException("the server is ending");
      } catch (RuntimeException | StackOverflowError failure) {
        tell(exchange, failure);
      }
    } catch (IOException e) {
      LOG.debug("a client went away: {}", e.getMessage());
      throw e;
    } finally {
      meter.end(raw.getRequestMethod(), raw.getResponseCode(), System.nanoTime() - started);
    }
  }

  private Exchange admit(HttpExchange raw, BodyRoom.Place place) {
    var headers = raw.getRequestHeaders();
    guard.checkHost(headers);
    guard.checkOrigin(headers);
    var path = raw.getRequestURI().getRawPath();
    if (router.isForAnybody(path)) {
      var found = router.find(raw.getRequestMethod(), path);
      return new Exchange(raw, place, found, new Caller.Anybody());
    }
    var caller = guard.checkToken(headers);
    asked.run();
    var found = router.find(raw.getRequestMethod(), path);
    Guard.checkAccess(caller, found.route().access());
    return new Exchange(raw, place, found, caller);
  }

  private void tell(Exchange exchange, Throwable failure) throws IOException {
    if (!exchange.hasAnswered()) {
      var dialect = router.dialect(exchange.rawPath());
      if (dialect.isPresent()) {
        dialect.get().teller().tell(exchange, failure);
      } else {
        Errors.answer(exchange, failure);
      }
    } else {
      if (!(failure instanceof UncheckedIOException)) {
        LOG.warn("an answer broke off", failure);
      }
      throw new IOException("the answer broke off");
    }
  }
}
