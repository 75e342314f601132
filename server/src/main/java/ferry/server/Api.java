package ferry.server;

import ferry.server.http.Route;
import java.util.ArrayList;
import java.util.List;

/** Everything that can be asked of a server. */
public final class Api {
  private Api() {}

  /**
   * All routes.
   *
   * @param door how a browser comes in, and what it finds there
   * @param stop asks the server to end; returns at once
   * @param hooks told of what is asked about schedules
   */
  public static List<Route> routes(
      Ports ports,
      RunFeed feed,
      ServerFacts facts,
      BrowserDoor door,
      Runnable stop,
      ScheduleHooks hooks) {
    var catalog = ports.catalog();
    var lookup = new RunLookup(catalog);
    var json = new RunJson(ports.logs(), ports.journal(), ports.trouble());
    var schedules = new ScheduleResource(ports.scheduler(), ports.submissions(), hooks.changed());
    var change =
        new ChangeResource(
            catalog, lookup, ports.journal(), ports.submissions(), ports.files(), feed);
    var submit = new SubmitResource(ports.reader(), ports.submissions(), schedules, ports.yaml());
    var routes = new ArrayList<Route>();
    routes.addAll(submit.routes());
    var experiments = new ExperimentResource(ports.search(), ports.submissions(), ports.yaml());
    var table = ports.table();
    routes.addAll(
        new RunsResource(catalog, table, lookup, json, experiments, hooks.listing()).routes());
    routes.addAll(new EventsResource(catalog, lookup, json, feed, ports.logs()).routes());
    routes.addAll(new LogResource(catalog, lookup, feed, ports.logs()).routes());
    routes.addAll(change.routes());
    routes.addAll(new DiffResource(catalog, lookup, ports.code()).routes());
    routes.addAll(experiments.routes());
    routes.addAll(new ExperimentCharts(ports.search().book()).routes());
    routes.addAll(schedules.routes());
    routes.addAll(OpenApi.routes());
    routes.addAll(new ServerResource(facts, stop).routes());
    routes.addAll(new SessionResource(door.sessions()).routes());
    routes.addAll(new Page(door.files()).routes());
    routes.addAll(ports.others());
    return routes;
  }
}
