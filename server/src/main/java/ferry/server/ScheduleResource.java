package ferry.server;

import ferry.error.RequestError;
import ferry.schedule.Scheduled;
import ferry.schedule.Scheduler;
import ferry.server.http.Exchange;
import ferry.server.http.JsonWriter;
import ferry.server.http.Route;
import ferry.workflow.Names;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Workflows that start by themselves. */
final class ScheduleResource {
  private final Scheduler scheduler;
  private final Runnable changed;

  /**
   * The schedules of a server.
   *
   * @param changed told after each change
   */
  ScheduleResource(Scheduler scheduler, Runnable changed) {
    this.scheduler = scheduler;
    this.changed = changed;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/schedules", this::list),
        Route.of("DELETE", "/api/v1/schedules/{name}", this::remove),
        Route.of("POST", "/api/v1/schedules/{name}/pause", e -> change(e, scheduler::pause)),
        Route.of("POST", "/api/v1/schedules/{name}/continue", e -> change(e, scheduler::goOn)));
  }

  /** Keeps a schedule, and answers like {@code POST /runs} does for one. */
  void add(Exchange exchange, Scheduled scheduled, List<String> warnings) throws IOException {
    var replaced = scheduler.add(scheduled);
    changed.run();
    exchange.json(
        replaced.isEmpty() ? 201 : 200,
        json -> {
          json.text("schedule", scheduled.name());
          write(json, scheduled);
          json.texts("warnings", warnings);
          json.texts("notes", replaced.map(ScheduleResource::note).stream().toList());
        });
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
    if (!scheduler.remove(name)) {
      throw notFound(name);
    }
    changed.run();
    exchange.empty(204);
  }

  private void change(Exchange exchange, Function<String, Optional<Scheduled>> change)
      throws IOException {
    var name = exchange.path("name");
    var scheduled = change.apply(name).orElseThrow(() -> notFound(name));
    changed.run();
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
        .text("file", scheduled.plan().origin().file())
        .text("directory", scheduled.plan().place().directory());
  }
}
