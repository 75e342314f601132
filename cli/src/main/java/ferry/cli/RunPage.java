package ferry.cli;

import ferry.cli.client.Json;
import ferry.cli.live.FailureReport;
import ferry.cli.terminal.Colour;
import ferry.cli.terminal.IsoTime;
import ferry.cli.terminal.Output;
import ferry.cli.terminal.SafeText;
import ferry.cli.terminal.Table;
import ferry.cli.terminal.Table.Cell;
import ferry.cli.terminal.Words;
import java.util.OptionalLong;

/** A run as {@code show} prints it. */
record RunPage(Json run, Shell shell) {

  void print() {
    var out = shell.out();
    var state = SafeText.line(run.text("state"));
    out.println(
        out.paint(Colour.BOLD, SafeText.line(run.text("id")))
            + "  "
            + out.paint(Colour.ofState(state), state));
    fact("reason", run.text("reason"));
    fact("command", run.text("command"));
    fact("directory", run.text("directory"));
    fact("code", code(run.get("code")));
    fact("parameters", parameters());
    fact("backend", run.text("backend"));
    fact("by", by());
    fact("submitted", times());
    fact("repeats", run.text("parent"));
    for (var warning : run.texts("warnings")) {
      fact("warning", warning);
    }
    out.println("");
    printSteps(out);
    printFailures(out);
  }

  private void fact(String label, String value) {
    if (!value.isEmpty()) {
      var out = shell.out();
      var text = SafeText.lines(value.stripTrailing()).replace("\n", "\n            ");
      out.println(out.paint(Colour.DIM, (label + "            ").substring(0, 12)) + text);
    }
  }

  private static String code(Json code) {
    var commit = code.text("commit");
    var text = new StringBuilder();
    if (!commit.isEmpty()) {
      text.append("commit ").append(commit, 0, Math.min(12, commit.length()));
      text.append(code.isTrue("dirty") ? " with changes" : "");
    }
    var snapshot = code.text("snapshot");
    if (!snapshot.isEmpty()) {
      text.append(text.isEmpty() ? "" : ", ")
          .append("snapshot ")
          .append(snapshot, 0, Math.min(12, snapshot.length()));
    }
    var note = code.text("note");
    return note.isEmpty()
        ? text.toString()
        : text.append(text.isEmpty() ? "" : "; ").append(note).toString();
  }

  private String parameters() {
    var parameters = new StringBuilder();
    run.get("params")
        .entries()
        .forEach((name, value) ->
            parameters
                .append(parameters.isEmpty() ? "" : ", ")
                .append(name)
                .append('=')
                .append(value.text()));
    return parameters.toString();
  }

  private String by() {
    var user = run.text("user");
    var host = run.text("host");
    return host.isEmpty() ? user : user + "@" + host;
  }

  private String times() {
    var submitted = IsoTime.millis(run.text("submitted"));
    if (submitted.isEmpty()) {
      return "";
    }
    var ended = IsoTime.millis(run.text("ended"));
    long then = submitted.getAsLong();
    var took = Words.duration(ended.orElse(shell.now()) - then);
    return IsoTime.local(then, shell.zone().get())
        + " ("
        + Words.relative(then, shell.now())
        + "), "
        + (ended.isPresent() ? "took " : "for ")
        + took;
  }

  private void printSteps(Output out) {
    var table = new Table("STEP", "STATE", ">ATTEMPT", ">TOOK", ">CPU", ">PEAK", ">EXIT", "REASON");
    for (var step : run.list("steps")) {
      var attempts = step.list("attempts");
      if (attempts.isEmpty()) {
        table.row(
            name(step),
            state(step),
            Cell.of(""),
            Cell.of(""),
            Cell.of(""),
            Cell.of(""),
            Cell.of(""),
            Cell.of(step.text("reason")));
      }
      for (int i = 0; i < attempts.size(); i++) {
        var attempt = attempts.get(i);
        boolean last = i == attempts.size() - 1;
        var reason = attempt.text("reason");
        table.row(
            i == 0 ? name(step) : Cell.of(""),
            last ? state(step) : Cell.state(attempt.text("state")),
            Cell.of(attempt.text("number")),
            Cell.of(took(attempt)),
            Cell.of(cpu(attempt)),
            Cell.of(peak(attempt)),
            Cell.of(attempt.text("exitCode")),
            Cell.of(last && reason.isEmpty() ? step.text("reason") : reason));
      }
    }
    table.print(out, shell.columns());
  }

  private static Cell name(Json step) {
    return Cell.of(step.text("name"));
  }

  private static Cell state(Json step) {
    var state = step.text("state");
    return step.isTrue("cached") ? new Cell("cached", Colour.ofState(state)) : Cell.state(state);
  }

  private String took(Json attempt) {
    var started = IsoTime.millis(attempt.text("started"));
    OptionalLong ended = IsoTime.millis(attempt.text("ended"));
    return started.isEmpty() ? "" : Words.duration(ended.orElse(shell.now()) - started.getAsLong());
  }

  private static String cpu(Json attempt) {
    var seconds = attempt.decimal("cpuSeconds");
    return seconds.isEmpty() ? "" : Words.duration(Math.round(seconds.getAsDouble() * 1000));
  }

  private static String peak(Json attempt) {
    var bytes = attempt.number("peakMemoryBytes");
    return bytes.orElse(0) == 0 ? "" : Words.bytes(bytes.getAsLong());
  }

  private void printFailures(Output out) {
    for (var step : run.list("steps")) {
      if (step.text("state").equals("failed") && !step.texts("tail").isEmpty()) {
        out.println("");
        FailureReport.printStep(step, out);
      }
    }
  }
}
