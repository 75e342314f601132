package ferry.server.upkeep;

import ferry.run.Capacity;
import ferry.server.RunLookup;
import ferry.server.http.HttpMeter;
import ferry.server.http.Route;
import ferry.tracking.Logs;
import ferry.tracking.ResourceSamples;
import ferry.tracking.RunCatalog;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** All that whoever looks after a server can ask. */
public final class UpkeepRoutes {
  private UpkeepRoutes() {}

  /**
   * What these routes are handed.
   *
   * @param capacity what this machine has for steps
   * @param broken why the server decides nothing any more, if it does not
   */
  public record Upkept(
      Path home,
      ScrapeToken scraper,
      String version,
      RunCatalog catalog,
      Logs logs,
      ResourceSamples samples,
      Retention retention,
      Backup.Rows rows,
      Supplier<Capacity> capacity,
      Supplier<Optional<String>> broken) {}

  /** What counts while a server works. */
  public record Watching(
      RunMeter runs, WatchedJournal journal, HttpMeter http, Notifier notifier) {}

  public static List<Route> of(Upkept server, Watching watching, InstantSource clock) {
    var catalog = server.catalog();
    var lookup = new RunLookup(catalog);
    var routes = new ArrayList<Route>();
    routes.addAll(new ResourcesResource(lookup, server.samples(), server.capacity()).routes());
    routes.addAll(new LogSearchResource(catalog, lookup, server.logs()).routes());
    routes.addAll(new RetentionResource(server.retention()).routes());
    routes.addAll(
        new BackupResource(() -> new Backup(server.home(), server.rows(), server.version()), clock)
            .routes());
    routes.addAll(new HealthResource(catalog, watching.journal(), server.broken()).routes());
    routes.addAll(
        new MetricsResource(catalog, watching, server.scraper(), server.version(), clock).routes());
    return routes;
  }
}
