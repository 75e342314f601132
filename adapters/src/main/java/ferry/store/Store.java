package ferry.store;

import ferry.engine.Journal;
import ferry.experiment.ExperimentBook;
import ferry.registry.LoggedModels;
import ferry.registry.ModelRegistry;
import ferry.schedule.ScheduleBook;
import ferry.tracking.MetricHistory;
import ferry.tracking.Notices;
import ferry.tracking.ResultCache;
import ferry.tracking.RunCatalog;
import ferry.tracking.RunGroups;
import ferry.tracking.RunTable;
import ferry.tracking.TrackedRuns;
import ferry.tracking.TrackingLog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Everything that a home keeps in its database, whichever that is. Any thread may use any part of
 * it; writes wait for each other, reads for nothing.
 */
public abstract sealed class Store implements AutoCloseable permits SqliteStore, PostgresStore {
  private static final InstantSource CLOCK = InstantSource.system();

  private final Database database;
  private final Journal journal;
  private final RunCatalog runs;
  private final RunTable table;
  private final SqlNotices notices;
  private final ResultCache results;
  private final ScheduleBook schedules;
  private final TrackingLog tracking;
  private final TrackedRuns tracked;
  private final RunGroups groups;
  private final ModelRegistry models;
  private final LoggedModels loggedModels;
  private final MetricHistory metrics;
  private final ExperimentBook experiments;

  Store(Path home, Database database, StoreFailure failure) {
    this.database = database;
    notices = new SqlNotices(database);
    var environments = new Environments(home.resolve("runs"), failure);
    var ofExperiments = new Environments(home.resolve("experiments"), failure);
    journal = new SqlJournal(database, environments, ofExperiments, notices);
    runs = new SqlRunCatalog(database, environments);
    results = new SqlResultCache(database);
    var writes = new GroupedWrites(database);
    var inbox = new MetricInbox(writes);
    table = new SqlRunTable(database, inbox);
    tracking = new SqlTrackingLog(writes, inbox);
    tracked = new SqlTrackedRuns(database, writes, inbox, CLOCK);
    groups = new SqlRunGroups(database, writes, CLOCK);
    models = new SqlModelRegistry(database, writes, CLOCK);
    loggedModels = new SqlLoggedModels(database, writes, CLOCK);
    metrics = new SqlMetricHistory(database, inbox);
    experiments = new SqlExperimentBook(database, ofExperiments);
    schedules = new SqlScheduleBook(database, new Environments(home.resolve("schedules"), failure));
  }

  /**
   * Writes all rows as they were at one moment, in a form that a store of either database restores;
   * runs go on meanwhile.
   */
  public void dump(OutputStream out) throws IOException {
    new TableDump(database).to(out);
  }

  public Journal journal() {
    return journal;
  }

  public RunCatalog runs() {
    return runs;
  }

  public RunTable table() {
    return table;
  }

  public Notices notices() {
    return notices;
  }

  public ResultCache results() {
    return results;
  }

  public ScheduleBook schedules() {
    return schedules;
  }

  public TrackingLog tracking() {
    return tracking;
  }

  public TrackedRuns tracked() {
    return tracked;
  }

  public RunGroups groups() {
    return groups;
  }

  public ModelRegistry models() {
    return models;
  }

  public LoggedModels loggedModels() {
    return loggedModels;
  }

  public MetricHistory metrics() {
    return metrics;
  }

  /**
   * Leaves the files as they are, because they may be another server's by now: nothing is written
   * from here on, not even at {@link #close}.
   */
  public void abandon() {
    database.abandon();
  }

  public ExperimentBook experiments() {
    return experiments;
  }

  /** Waits for the write that is going on; what is asked later is refused. */
  @Override
  public void close() {
    database.close();
  }
}
