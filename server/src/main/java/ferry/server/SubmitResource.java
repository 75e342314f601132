package ferry.server;

import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.error.RequestError;
import ferry.error.UserException;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.server.http.Exchange;
import ferry.server.http.Fields;
import ferry.server.http.Route;
import ferry.submission.Explanation;
import ferry.submission.Reading;
import ferry.submission.RequestReader;
import ferry.submission.RunRequest;
import ferry.submission.Submissions;
import ferry.workflow.ShellWords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Makes runs, and says what a run would be. */
final class SubmitResource {
  private final RequestReader reader;
  private final Submissions submissions;
  private final ScheduleResource schedules;
  private final Function<List<Rendered>, String> yaml;

  SubmitResource(
      RequestReader reader,
      Submissions submissions,
      ScheduleResource schedules,
      Function<List<Rendered>, String> yaml) {
    this.reader = reader;
    this.submissions = submissions;
    this.schedules = schedules;
    this.yaml = yaml;
  }

  List<Route> routes() {
    return List.of(Route.of("POST", "/api/v1/runs", this::submit));
  }

  private void submit(Exchange exchange) throws IOException {
    var body = exchange.body();
    var reading = reader.read(request(body));
    if (body.flag("dryRun")) {
      preview(exchange, reading, !body.flag("now"));
    } else if (reading.workflow().schedule().isPresent() && !body.flag("now")) {
      schedules.add(exchange, submissions.schedule(reading), reading.warnings());
    } else {
      var accepted = submissions.submit(reading);
      var plan = accepted.plan();
      var notes = accepted.isNew() ? submissions.backend(plan).notes(plan) : List.<String>of();
      answer(exchange, accepted, reading.warnings(), notes);
    }
  }

  /** How every way to make a run answers: 201 for a new one, 200 for one that was there. */
  static void answer(
      Exchange exchange, Submissions.Accepted accepted, List<String> warnings, List<String> notes)
      throws IOException {
    var plan = accepted.plan();
    exchange.json(
        accepted.isNew() ? 201 : 200,
        json ->
            json.text("id", plan.id().value())
                .text("workflow", plan.workflow().name())
                .text("backend", plan.backend())
                .text("state", "waiting")
                .number("steps", (long) RunState.of(plan.workflow()).size())
                .texts("warnings", warnings)
                .texts("notes", notes));
  }

  private void preview(Exchange exchange, Reading reading, boolean mayBeScheduled)
      throws IOException {
    Plan plan = submissions.preview(reading);
    var backend = submissions.backend(plan);
    boolean isScheduled = mayBeScheduled && plan.workflow().schedule().isPresent();
    var fired = isScheduled ? backend.timetable(plan).render(plan) : List.<Rendered>of();
    var objects = fired.isEmpty() ? backend.render(plan) : fired;
    var words =
        new ArrayList<>(Explanation.of(fired.isEmpty() ? plan : ScheduleResource.firedThere(plan)));
    words.addAll(backend.explain(plan));
    if (isScheduled) {
      words.addAll(backend.timetable(plan).notes(plan));
    }
    var warnings = new ArrayList<>(reading.warnings());
    if (fired.isEmpty()) {
      warnings.addAll(backend.leftOut(plan));
    }
    refusal(plan).ifPresent(warnings::add);
    exchange.json(
        200,
        json ->
            json.text("workflow", plan.workflow().name())
                .text("backend", plan.backend())
                .texts("words", words)
                .tree("objects", objects.stream().map(Rendered::tree).toList())
                .text("yaml", yaml.apply(objects))
                .texts("warnings", warnings));
  }

  /** What can be shown need not be able to start here and now. */
  private Optional<String> refusal(Plan plan) {
    try {
      submissions.backend(plan).check(plan);
      return Optional.empty();
    } catch (UserException refused) {
      return Optional.of("it would be refused now: " + refused.getMessage());
    }
  }

  /** The run that a body asks for. */
  static RunRequest request(Fields body) {
    var kind = kind(body.text("kind"));
    var argv = body.texts("argv");
    var place = body.object("place");
    return new RunRequest(
        body.optionalText("key").orElseGet(SubmitResource::drawKey),
        kind,
        kind == Origin.Kind.EXEC
            ? body.optionalText("text").orElse(ShellWords.join(argv))
            : body.text("text"),
        body.optionalText("file"),
        argv,
        body.optionalText("name"),
        body.map("params"),
        body.map("set"),
        body.optionalText("backend"),
        new Place(
            place.text("directory"),
            place.map("environment"),
            place.optionalText("user").orElse(""),
            place.optionalText("host").orElse("")));
  }

  private static String drawKey() {
    var id = RunId.draw("run", RandomGenerator.getDefault()).value();
    return id.substring(id.lastIndexOf('-') + 1);
  }

  private static Origin.Kind kind(String word) {
    return switch (word) {
      case "one-liner" -> Origin.Kind.ONE_LINER;
      case "file" -> Origin.Kind.FILE;
      case "exec" -> Origin.Kind.EXEC;
      default ->
          throw new RequestError.BadRequest(
                  "`kind` is `" + word + "`; expected one-liner, file or exec", List.of())
              .thrown();
    };
  }
}
