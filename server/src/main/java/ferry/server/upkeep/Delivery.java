package ferry.server.upkeep;

import ferry.run.RunStatus;
import ferry.server.http.JsonWriter;
import ferry.tracking.AttemptRecord;
import ferry.tracking.Notices.Notice;
import ferry.tracking.RunRecord;
import ferry.tracking.StepRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tells somebody of one run's end, and gives up after some seconds. Neither address nor command is
 * in what it says of a failure, because both may hold secrets.
 */
final class Delivery {
  private static final Duration WEBHOOK_PATIENCE = Duration.ofSeconds(15);
  private static final Duration COMMAND_PATIENCE = Duration.ofSeconds(60);

  private final Path home;
  private final NotifySettings settings;

  /** Why a notice did not arrive. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1;

    Failed(String message) {
      super(message);
    }
  }

  Delivery(Path home, NotifySettings settings) {
    this.home = home;
    this.settings = settings;
  }

  void deliver(Notice notice, RunRecord run) throws Failed, InterruptedException {
    var status = run.summary().status();
    if (settings.onlyFailures() && status != RunStatus.FAILED || !status.isEnded()) {
      return;
    }
    if (notice.target().equals(NotifySettings.WEBHOOK) && settings.webhook().isPresent()) {
      send(settings.webhook().get(), notice, run);
    } else if (notice.target().equals(NotifySettings.COMMAND) && settings.command().isPresent()) {
      start(settings.command().get(), run);
    }
  }

  private static void send(String address, Notice notice, RunRecord run)
      throws Failed, InterruptedException {
    try (var client = client()) {
      var request =
          HttpRequest.newBuilder(URI.create(address))
              .timeout(WEBHOOK_PATIENCE)
              .header("Content-Type", "application/json")
              .header("User-Agent", "ferry")
              .header(
                  "Idempotency-Key", notice.run().value() + "@" + notice.created().toEpochMilli())
              .POST(HttpRequest.BodyPublishers.ofByteArray(json(run)))
              .build();
      var answer = client.sendAsync(request, BodyHandlers.discarding());
      try {
        int status = answer.get(WEBHOOK_PATIENCE.toSeconds(), TimeUnit.SECONDS).statusCode();
        if (status / 100 != 2) {
          throw new Failed("the webhook answered " + status);
        }
      } catch (TimeoutException _) {
        throw new Failed(
            "the webhook did not answer within " + WEBHOOK_PATIENCE.toSeconds() + " s");
      } catch (ExecutionException e) {
        var cause = e.getCause();
        throw new Failed(
            "the webhook cannot be reached: "
                + (cause == null ? "unknown" : cause.getClass().getSimpleName()));
      } finally {
        client.shutdownNow();
      }
    } catch (IllegalArgumentException _) {
      throw new Failed("the setting `notify-webhook` is no address like https://host/path");
    }
  }

  private static HttpClient client() {
    return HttpClient.newBuilder()
        .connectTimeout(Duration.ofSeconds(10))
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  private void start(String command, RunRecord run) throws Failed, InterruptedException {
    var builder =
        new ProcessBuilder("sh", "-c", command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    var variables = builder.environment();
    variables.keySet().removeAll(List.of("FERRY_DATABASE", "PGPASSWORD"));
    variables.put("FERRY_RUN", run.summary().id().value());
    variables.put("FERRY_WORKFLOW", run.summary().workflow());
    variables.put("FERRY_RUN_STATE", run.summary().status().word());
    variables.put("FERRY_TEXT", text(run));
    try {
      var process = builder.start();
      try (var in = process.getOutputStream()) {
        in.write(json(run));
      } catch (IOException _) {
        // a command need not read what it is told
      }
      await(process);
    } catch (IOException e) {
      throw new Failed("the command cannot be started: " + e.getMessage());
    }
  }

  private static void await(Process process) throws Failed, InterruptedException {
    try {
      if (!process.waitFor(COMMAND_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new Failed("the command did not end within " + COMMAND_PATIENCE.toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        throw new Failed("the command ended with " + process.exitValue());
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** One sentence: what a chat shows. */
  static String text(RunRecord run) {
    var text = new StringBuilder("run ").append(run.summary().id().value()).append(' ');
    text.append(run.summary().status().word());
    failed(run).stream()
        .findFirst()
        .ifPresent(step -> text.append(": step ").append(step.name()).append(why(step)));
    return text.toString();
  }

  private static String why(StepRecord step) {
    var reason = step.reason();
    if (reason.isEmpty() && !step.attempts().isEmpty()) {
      reason = step.attempts().getLast().reason();
    }
    return reason.isEmpty() ? "" : ": " + reason;
  }

  private static List<StepRecord> failed(RunRecord run) {
    return run.steps().stream().filter(step -> step.state().equals("failed")).toList();
  }

  private static byte[] json(RunRecord run) {
    var summary = run.summary();
    return JsonWriter.bytes(json ->
        json.text("event", "run-ended")
            .text("text", text(run))
            .text("run", summary.id().value())
            .text("workflow", summary.workflow())
            .text("backend", summary.backend())
            .text("state", summary.status().word())
            .text("reason", run.reason())
            .text("user", summary.user())
            .text("command", summary.command())
            .text("submitted", summary.submitted().toString())
            .text("ended", summary.ended())
            .number("steps", (long) summary.steps())
            .list("failed", failed(run), Delivery::failure));
  }

  private static void failure(JsonWriter json, StepRecord step) throws IOException {
    json.text("step", step.name());
    var last = step.attempts().isEmpty() ? null : step.attempts().getLast();
    json.text("reason", last == null || !step.reason().isEmpty() ? step.reason() : last.reason());
    if (last != null) {
      json.number("attempts", (long) last.number());
      json.number("exitCode", exitCode(last));
    }
  }

  private static java.util.OptionalInt exitCode(AttemptRecord attempt) {
    return attempt.exitCode();
  }
}
