package ferry.cli.assembly;

import ferry.cli.client.Home;
import ferry.cli.client.Program;
import ferry.cli.config.Config;
import ferry.engine.Engine;
import ferry.files.FileHome;
import ferry.run.Capacity;
import ferry.server.RunMirror;
import ferry.server.http.HttpMeter;
import ferry.server.http.Route;
import ferry.server.upkeep.Notifier;
import ferry.server.upkeep.NotifySettings;
import ferry.server.upkeep.Retention;
import ferry.server.upkeep.RetentionClock;
import ferry.server.upkeep.RunMeter;
import ferry.server.upkeep.ScrapeToken;
import ferry.server.upkeep.UpkeepRoutes;
import ferry.server.upkeep.UploadsOfRuns;
import ferry.server.upkeep.WatchedJournal;
import ferry.store.Store;
import ferry.submission.Submissions;
import ferry.tracking.RunFiles;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What looks after a server while it works: meters, notices, retention. */
final class Upkeep {
  private static final String SECRET = "secret:";

  private final Path home;
  private final Store store;
  private final FileHome files;
  private final Supplier<Capacity> capacity;
  private final Closing closing;
  private final WatchedJournal journal;
  private final RunMeter runs;
  private final HttpMeter requests = new HttpMeter();

  Upkeep(
      Path home,
      Store store,
      FileHome files,
      Supplier<Capacity> capacity,
      RunMirror mirror,
      Closing closing) {
    this.home = home;
    this.store = store;
    this.files = files;
    this.capacity = capacity;
    this.closing = closing;
    this.journal = new WatchedJournal(store.journal());
    this.runs = new RunMeter(mirror);
  }

  WatchedJournal journal() {
    return journal;
  }

  RunMeter runs() {
    return runs;
  }

  HttpMeter requests() {
    return requests;
  }

  /** Everything of a run that is no row, uploads too. */
  RunFiles runFiles() {
    return new UploadsOfRuns(files.runFiles(), files.uploads(), store.tracked(), store.models());
  }

  /** Starts what works by itself; what can be asked of it. */
  List<Route> begin(Engine engine, Submissions submissions) {
    var clock = Clock.systemUTC();
    var retention =
        new Retention(
            store.runs(),
            runFiles(),
            submissions::backend,
            new Retention.Needs(
                store.models()::allVersions,
                store.tracked()::owner,
                store.experiments()::unfinished),
            clock);
    closing.add(new RetentionClock(retention, () -> setting("retention")).start());
    var notifier =
        closing.add(
            new Notifier(store.notices(), store.runs(), home, notifySettings(), clock).start());
    return UpkeepRoutes.of(
        new UpkeepRoutes.Upkept(
            home,
            ScrapeToken.of(home),
            Program.version(),
            store.runs(),
            files.logs(),
            files.samples(),
            retention,
            store::dump,
            capacity,
            engine::ended),
        new UpkeepRoutes.Watching(runs, journal, requests, notifier),
        clock);
  }

  private Optional<String> setting(String key) {
    return Config.read(new Home(home)).get(key);
  }

  private Supplier<NotifySettings> notifySettings() {
    var config = new Home(home).config();
    return new RememberedFiles<>(
        List.of(config.toFile(), home.resolve("secrets").toFile()), this::readNotifySettings);
  }

  private NotifySettings readNotifySettings() {
    var config = Config.read(new Home(home));
    return new NotifySettings(
        config.get("notify-webhook").map(this::revealed),
        config.get("notify-command").map(this::revealed),
        config.get("notify-when").orElse("ended").equals("failed"));
  }

  /** What the file of secrets has under a name, where the setting only names it. */
  private String revealed(String value) {
    return value.startsWith(SECRET)
        ? SecretSetting.read(home.resolve("secrets"), value.substring(SECRET.length()).strip())
        : value;
  }
}
