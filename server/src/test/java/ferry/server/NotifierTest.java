package ferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.Usage;
import ferry.server.upkeep.Notifier;
import ferry.server.upkeep.NotifySettings;
import ferry.tracking.Notices;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told of the end of runs, over a real webhook. */
class NotifierTest {
  @TempDir private Path home;
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<Instant> putOff = new LinkedBlockingQueue<>();
  private final ConcurrentLinkedDeque<Notices.Notice> due = new ConcurrentLinkedDeque<>();
  private final BlockingQueue<String> done = new LinkedBlockingQueue<>();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final TestServer server = new TestServer();
  private HttpServer webhook;
  private volatile int status = 200;

  @BeforeEach
  void listen() throws IOException {
    webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    webhook.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    webhook.createContext("/hook", this::hear);
    webhook.start();
  }

  @AfterEach
  void close() {
    hanging.countDown();
    webhook.stop(0);
    server.close();
  }

  private void hear(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    if (body.contains("digits-hangs")) {
      await(hanging);
    }
    told.add(key + " " + body);
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Notices that are handed out once, unless they are put off. */
  private final class Handed implements Notices {
    @Override
    public void wanted(Set<String> targets) {}

    @Override
    public List<Notice> due(Instant now, int limit) {
      var next = due.poll();
      return next == null ? List.of() : List.of(next);
    }

    @Override
    public void again(Notice notice, Instant at) {
      putOff.add(at);
    }

    @Override
    public void done(Notice notice) {
      done.add(notice.run() + " " + notice.target());
    }

    @Override
    public long pending() {
      return due.size();
    }
  }

  private Notifier notifier(Optional<String> command) {
    var hook = "http://127.0.0.1:" + webhook.getAddress().getPort() + "/hook?key=hunter2";
    var settings = new NotifySettings(Optional.of(hook), command, false);
    return new Notifier(new Handed(), server.runs, home, () -> settings, () -> TestServer.NOW)
        .start();
  }

  private void failed(String key, String target) throws Exception {
    RunId run = server.submit(key, "train");
    server.runs.happens(
        run,
        new RunEvent.Launching("train", 1, TestServer.NOW, "machine"),
        new RunEvent.Ended(
            "train",
            1,
            TestServer.NOW,
            new Outcome.Failed(Outcome.Cause.EXIT, OptionalInt.of(7), "exit status 7"),
            Usage.UNKNOWN));
    due.add(new Notices.Notice(run, target, 0, TestServer.NOW));
  }

  @Test
  void aWebhookIsToldOfAFailedRunInASentenceAndInFields() throws Exception {
    failed("bbbbb", "webhook");
    try (var _ = notifier(Optional.empty())) {
      assertThat(told.poll(20, TimeUnit.SECONDS))
          .startsWith("digits-bbbbb@" + TestServer.NOW.toEpochMilli() + " {")
          .contains("\"event\":\"run-ended\"")
          .contains("\"text\":\"run digits-bbbbb failed: step train\"")
          .contains("\"state\":\"failed\"");
      assertThat(done.poll(20, TimeUnit.SECONDS)).isEqualTo("digits-bbbbb webhook");
    }
  }

  @Test
  void whatDoesNotArriveIsTriedAgainLater() throws Exception {
    status = 500;
    failed("bbbbb", "webhook");
    try (var _ = notifier(Optional.empty())) {
      assertThat(putOff.poll(20, TimeUnit.SECONDS)).isEqualTo(TestServer.NOW.plusSeconds(5));
      assertThat(done).isEmpty();
    }
  }

  @Test
  void aWebhookThatHangsHoldsUpNobodyElse() throws Exception {
    failed("hangs", "webhook");
    failed("bbbbb", "webhook");
    try (var _ = notifier(Optional.empty())) {
      assertThat(done.poll(20, TimeUnit.SECONDS)).isEqualTo("digits-bbbbb webhook");
    }
  }

  @Test
  void aCommandIsToldThroughItsEnvironmentAndInput() throws Exception {
    failed("bbbbb", "command");
    var script = "(echo \"$FERRY_RUN $FERRY_RUN_STATE: $FERRY_TEXT\"; cat) > told";
    try (var _ = notifier(Optional.of(script))) {
      assertThat(done.poll(20, TimeUnit.SECONDS)).isEqualTo("digits-bbbbb command");
      assertThat(Files.readString(home.resolve("told")))
          .startsWith("digits-bbbbb failed: run digits-bbbbb failed: step train\n{\"event\"");
    }
  }
}
