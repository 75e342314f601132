package ferry.store;

import ferry.run.RunId;
import ferry.schedule.ScheduleBook;
import ferry.schedule.Scheduled;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Schedules as rows; the environment of each in a file, as that of runs. */
final class SqlScheduleBook implements ScheduleBook {
  private static final String SELECT =
      "SELECT plan, paused, since, fired, run, problem, name FROM schedules";
  private static final String KEEP =
      "INSERT INTO schedules (name, plan, paused, since, fired, run, problem)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (name) DO UPDATE SET plan = excluded.plan, paused = excluded.paused,"
          + " since = excluded.since, fired = excluded.fired, run = excluded.run,"
          + " problem = excluded.problem";

  private final Database database;
  private final Environments environments;

  SqlScheduleBook(Database database, Environments environments) {
    this.database = database;
    this.environments = environments;
  }

  @Override
  public List<Scheduled> all() {
    return database.read(session -> session.list(SELECT + " ORDER BY name", this::scheduled));
  }

  @Override
  public Optional<Scheduled> find(String name) {
    return database.read(
        session -> session.first(SELECT + " WHERE name = ?", this::scheduled, name));
  }

  private Scheduled scheduled(Row row) throws SQLException {
    return new Scheduled(
        PlanCodec.read(row.text(1), environments.read(row.text(7)).orElse(Map.of())),
        row.flag(2),
        row.instant(3),
        row.optionalInstant(4),
        row.optionalText(5).map(RunId::new),
        row.optionalText(6));
  }

  @Override
  public void keep(Scheduled scheduled) {
    var name = scheduled.name();
    var environment = scheduled.plan().place().environment();
    database.write(session -> {
      if (!Optional.of(environment).equals(environments.read(name))) {
        environments.write(name, environment);
      }
      return session.update(
          KEEP,
          name,
          PlanCodec.write(scheduled.plan()),
          scheduled.paused(),
          scheduled.since().toEpochMilli(),
          scheduled.fired().map(Instant::toEpochMilli).orElse(null),
          scheduled.run().map(RunId::value).orElse(null),
          scheduled.problem().orElse(null));
    });
  }

  @Override
  public boolean remove(String name) {
    boolean removed =
        database.writeAnyway(
            session -> session.update("DELETE FROM schedules WHERE name = ?", name) > 0);
    if (removed) {
      environments.delete(name);
    }
    return removed;
  }
}
