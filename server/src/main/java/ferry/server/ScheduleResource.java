package ferry.server;

import ferry.engine.FiringTimes;
import ferry.error.RequestError;
import ferry.schedule.Due;
import ferry.schedule.ScheduleBook;
import ferry.schedule.Scheduled;
import ferry.server.http.Exchange;
import ferry.server.http.JsonWriter;
import ferry.server.http.Route;
import ferry.workflow.Names;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Workflows that start by themselves. */
final class ScheduleResource {
  private final ScheduleBook book;
  private final FiringTimes times;
  private final InstantSource clock;
  private final Runnable changed;

  /**
   * The schedules of a book.
   *
   * @param changed told after each change of the book
   */
  ScheduleResource(ScheduleBook book, FiringTimes times, InstantSource clock, Runnable changed) {
    this.book = book;
    this.times = times;
    this.clock = clock;
    this.changed = changed;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/schedules", this::list),
        Route.of("DELETE", "/api/v1/schedules/{name}", this::remove),
        Route.of("POST", "/api/v1/schedules/{name}/pause", e -> change(e, Scheduled::pausedNow)),
        Route.of(
            "POST",
            "/api/v1/schedules/{name}/continue",
            e -> change(e, scheduled -> scheduled.continued(clock.instant()))));
  }

  /** Keeps a schedule, and answers like {@code POST /runs} does for one. */
  void add(Exchange exchange, Scheduled scheduled, List<String> warnings) throws IOException {
    boolean isNew = book.find(scheduled.name()).isEmpty();
    book.keep(scheduled);
    changed.run();
    exchange.json(
        isNew ? 201 : 200,
        json -> {
          json.text("schedule", scheduled.name());
          write(json, scheduled);
          json.texts("warnings", warnings);
        });
  }

  private void list(Exchange exchange) throws IOException {
    var all = book.all();
    exchange.json(200, json -> json.list("schedules", all, this::write));
  }

  private void remove(Exchange exchange) throws IOException {
    var scheduled = find(exchange);
    book.remove(scheduled.name());
    changed.run();
    exchange.empty(204);
  }

  private void change(Exchange exchange, UnaryOperator<Scheduled> change) throws IOException {
    var scheduled = change.apply(find(exchange));
    book.keep(scheduled);
    changed.run();
    exchange.json(200, json -> write(json, scheduled));
  }

  private Scheduled find(Exchange exchange) {
    var name = exchange.path("name");
    return book.find(name)
        .orElseThrow(() -> {
          var names = book.all().stream().map(Scheduled::name).toList();
          var nearest = Names.nearest(name, names);
          return new RequestError.NotFound("schedule", name, nearest).thrown();
        });
  }

  private void write(JsonWriter json, Scheduled scheduled) throws IOException {
    var next = scheduled.paused() ? Optional.empty() : Due.next(scheduled, times);
    json.text("name", scheduled.name())
        .text("cron", scheduled.schedule().cron())
        .text("timezone", scheduled.schedule().zone().getId())
        .text("next", next)
        .truth("paused", scheduled.paused())
        .text("lastRun", scheduled.run())
        .text("lastFired", scheduled.fired())
        .text("problem", scheduled.problem())
        .text("file", scheduled.plan().origin().file())
        .text("directory", scheduled.plan().place().directory());
  }
}
