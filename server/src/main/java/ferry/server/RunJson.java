package ferry.server;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Plan;
import ferry.engine.Journal;
import ferry.error.UserException;
import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.run.ShownCommands;
import ferry.server.http.JsonWriter;
import ferry.tracking.AttemptRecord;
import ferry.tracking.Logs;
import ferry.tracking.RunRecord;
import ferry.tracking.RunSummary;
import ferry.tracking.StepRecord;
import ferry.workflow.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Runs as JSON. The names of fields are a promise: more may come, these stay. */
final class RunJson {
  private static final int TAIL_LINES = 20;
  private static final int TAIL_BYTES = 16 << 10;

  /** So many failed steps show their last lines; a person reads no more of them. */
  private static final int MOST_TAILS = 20;

  private final Logs logs;
  private final Journal journal;
  private final Function<RunId, Optional<String>> trouble;

  /**
   * Runs with the last lines of what failed.
   *
   * @param trouble why a run that has not ended does not go on
   */
  RunJson(Logs logs, Journal journal, Function<RunId, Optional<String>> trouble) {
    this.logs = logs;
    this.journal = journal;
    this.trouble = trouble;
  }

  private String reason(RunRecord run) {
    return run.reason().isEmpty() && !run.summary().status().isEnded()
        ? trouble(run.summary().id())
        : run.reason();
  }

  /** Why a run does not go on; empty where it does. */
  String trouble(RunId run) {
    return trouble.apply(run).orElse("");
  }

  /** The commands of a run's steps, as far as they are known by now. */
  ShownCommands commands(Plan plan) {
    return new ShownCommands(plan.workflow(), () -> journal.events(plan.id()));
  }

  static void summary(JsonWriter json, RunSummary run) throws IOException {
    json.text("id", run.id().value())
        .text("workflow", run.workflow())
        .text("backend", run.backend())
        .text("state", run.status().word())
        .text("submitted", run.submitted().toString())
        .text("ended", run.ended())
        .text("user", run.user())
        .text("command", run.command())
        .number("steps", (long) run.steps())
        .number("done", (long) run.done())
        .truth("starred", run.starred());
  }

  JsonWriter.Content whole(RunRecord run) {
    return json -> whole(json, run);
  }

  /** What is known of a run whose plan cannot be read. */
  JsonWriter.Content unreadable(RunSummary run, UserException why) {
    return json -> {
      summary(json, run);
      json.text("reason", why.error().message()).list("steps", List.<StepRecord>of(), (_, _) -> {});
    };
  }

  private void whole(JsonWriter json, RunRecord run) throws IOException {
    summary(json, run.summary());
    var plan = run.plan();
    var origin = plan.origin();
    json.text("kind", word(origin.kind()))
        .text("text", origin.text())
        .text("file", origin.file())
        .text("parent", origin.parent())
        .text("directory", plan.place().directory())
        .text("host", plan.place().host())
        .text("reason", reason(run))
        .texts("params", plan.workflow().params())
        .object("code", code -> code(code, plan.code()))
        .texts("environment", plan.place().environment().keySet())
        .texts("warnings", origin.warnings());
    json.list("graph", plan.workflow().allSteps(), (one, step) -> graph(one, step, plan));
    var commands = commands(plan);
    var tails = new int[] {MOST_TAILS};
    json.list(
        "steps",
        run.steps(),
        (one, step) -> {
          step(one, step, commands);
          if (step.state().equals("failed") && tails[0]-- > 0) {
            one.texts("tail", tail(plan.id(), step));
          }
        });
  }

  private static void graph(JsonWriter json, Step step, Plan plan) throws IOException {
    json.text("step", step.name())
        .texts("after", step.after())
        .truth("last", plan.workflow().finallySteps().contains(step));
  }

  private static void code(JsonWriter json, Code code) throws IOException {
    json.text("snapshot", code.snapshot())
        .text("commit", code.commit())
        .truth("dirty", code.dirty())
        .text("note", code.note());
  }

  static void step(JsonWriter json, StepRecord step, ShownCommands commands) throws IOException {
    json.number("index", (long) step.index())
        .text("name", step.name())
        .text("step", step.step())
        .text("state", step.state())
        .text("reason", step.reason())
        .truth("cached", step.cached())
        .text("command", commands.of(step.step(), step.name()))
        .list("attempts", step.attempts(), RunJson::attempt);
  }

  private static void attempt(JsonWriter json, AttemptRecord attempt) throws IOException {
    json.number("number", (long) attempt.number())
        .text("state", attempt.state())
        .text("started", attempt.started())
        .text("ended", attempt.ended())
        .number("exitCode", attempt.exitCode())
        .text("reason", attempt.reason())
        .number("cpuSeconds", attempt.cpuSeconds())
        .number("peakMemoryBytes", attempt.peakMemoryBytes());
  }

  private List<String> tail(RunId run, StepRecord step) {
    if (step.attempts().isEmpty()) {
      return List.of();
    }
    var attempt = new AttemptId(run, step.name(), step.attempts().getLast().number());
    long start = logs.startOfTail(attempt, TAIL_LINES);
    long from = Math.max(start, logs.size(attempt) - TAIL_BYTES);
    var part = logs.read(attempt, from, TAIL_BYTES);
    var left = from > start ? "… (%,d bytes before) ".formatted(from - start) : "";
    var lines = (left + new String(part.bytes(), StandardCharsets.UTF_8)).lines().toList();
    return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
  }

  /** The word for how a run was asked for. */
  static String word(Origin.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
