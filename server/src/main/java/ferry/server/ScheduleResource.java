package ferry.server;

import ferry.backend.Plan;
import ferry.backend.Timetable;
import ferry.error.RequestError;
import ferry.error.UserException;
import ferry.schedule.Scheduled;
import ferry.schedule.Scheduler;
import ferry.server.http.Exchange;
import ferry.server.http.JsonWriter;
import ferry.server.http.Route;
import ferry.submission.FiredRuns;
import ferry.submission.Submissions;
import ferry.workflow.Names;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Workflows that start by themselves. */
final class ScheduleResource {
  private final Scheduler scheduler;
  private final Submissions submissions;
  private final FiredRuns fired;
  private final Runnable changed;

  /**
   * The schedules of a server.
   *
   * @param changed told after each change
   */
  ScheduleResource(Scheduler scheduler, Submissions submissions, Runnable changed) {
    this.scheduler = scheduler;
    this.submissions = submissions;
    this.fired = new FiredRuns(scheduler, submissions);
    this.changed = changed;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/schedules", this::list),
        Route.of("DELETE", "/api/v1/schedules/{name}", this::remove),
        Route.of("POST", "/api/v1/schedules/{name}/pause", e -> change(e, true)),
        Route.of("POST", "/api/v1/schedules/{name}/continue", e -> change(e, false)));
  }

  /** Keeps a schedule, and answers like {@code POST /runs} does for one. */
  void add(Exchange exchange, Scheduled scheduled, List<String> warnings) throws IOException {
    var replaced = scheduler.add(scheduled);
    var missed = replaced.filter(Scheduled::isFiredThere).map(fired::look).orElse(List.of());
    replaced.filter(before -> !isSame(before, scheduled)).ifPresent(this::unfire);
    changed.run();
    exchange.json(
        replaced.isEmpty() ? 201 : 200,
        json -> {
          json.text("schedule", scheduled.name());
          write(json, scheduled);
          json.texts("warnings", warnings);
          json.texts("notes", notes(scheduled, replaced, missed));
        });
  }

  /** As previews say it, before anything is there that fires it. */
  static Plan firedThere(Plan plan) {
    var setting = new LinkedHashMap<>(plan.setting());
    setting.put(Timetable.FIRED_BY, plan.backend());
    return plan.withSetting(setting);
  }

  /** Whether the same object of one place fires both. */
  private static boolean isSame(Scheduled before, Scheduled now) {
    var first = before.plan().setting();
    var second = now.plan().setting();
    return List.of(Timetable.FIRED_BY, "server", "namespace").stream()
        .allMatch(key -> Objects.equals(first.get(key), second.get(key)));
  }

  private void unfire(Scheduled scheduled) {
    if (scheduled.isFiredThere()) {
      timetable(scheduled.plan()).remove(scheduled.plan());
    }
  }

  private Timetable timetable(Plan plan) {
    return submissions.backend(plan).timetable(plan);
  }

  private List<String> notes(
      Scheduled scheduled, Optional<Scheduled> replaced, List<UserException> missed) {
    var plan = scheduled.plan();
    var notes = new ArrayList<String>();
    replaced.map(ScheduleResource::note).ifPresent(notes::add);
    notes.addAll(timetable(plan).notes(plan));
    missed.forEach(trouble ->
        notes.add("What the one before fired may be missing here: " + trouble.getMessage() + "."));
    return notes;
  }

  /** A name belongs to one schedule, wherever it was made. */
  private static String note(Scheduled replaced) {
    return "it takes the place of the schedule `"
        + replaced.name()
        + "` of "
        + replaced.plan().place().directory()
        + " ("
        + replaced.schedule().cron()
        + ")";
  }

  private void list(Exchange exchange) throws IOException {
    var all = scheduler.all();
    exchange.json(200, json -> json.list("schedules", all, this::write));
  }

  private void remove(Exchange exchange) throws IOException {
    var name = exchange.path("name");
    unfire(scheduler.find(name).orElseThrow(() -> notFound(name)));
    scheduler.remove(name);
    changed.run();
    exchange.empty(204);
  }

  private void change(Exchange exchange, boolean isPaused) throws IOException {
    var name = exchange.path("name");
    var known = scheduler.find(name).orElseThrow(() -> notFound(name));
    if (known.isFiredThere()) {
      timetable(known.plan()).pause(known.plan(), isPaused);
    }
    var changed = isPaused ? scheduler.pause(name) : scheduler.goOn(name);
    var scheduled = changed.orElseThrow(() -> notFound(name));
    this.changed.run();
    exchange.json(200, json -> write(json, scheduled));
  }

  private RuntimeException notFound(String name) {
    var names = scheduler.all().stream().map(Scheduled::name).toList();
    return new RequestError.NotFound("schedule", name, Names.nearest(name, names)).thrown();
  }

  private void write(JsonWriter json, Scheduled scheduled) throws IOException {
    json.text("name", scheduled.name())
        .text("cron", scheduled.schedule().cron())
        .text("timezone", scheduled.schedule().zone().getId())
        .text("next", scheduler.next(scheduled))
        .truth("paused", scheduled.paused())
        .text("lastRun", scheduled.run())
        .text("lastFired", scheduled.fired())
        .text("problem", scheduled.problem())
        .text("firedBy", Optional.ofNullable(scheduled.plan().setting().get(Timetable.FIRED_BY)))
        .text("file", scheduled.plan().origin().file())
        .text("directory", scheduled.plan().place().directory());
  }
}
