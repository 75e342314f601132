package ferry.store;

import ferry.run.RunId;
import ferry.tracking.ResultCache;
import java.util.Optional;

/** Results of steps, found by the hash of all that they depend on; they go with their run. */
final class SqlResultCache implements ResultCache {
  private static final String FIND =
      "SELECT run, step_run, at, put_out FROM results WHERE cache_key = ?";
  private static final String REMEMBER =
      "INSERT INTO results (cache_key, run, step_run, at, put_out) VALUES (?, ?, ?, ?, ?)"
          + " ON CONFLICT (cache_key) DO UPDATE SET run = excluded.run,"
          + " step_run = excluded.step_run, at = excluded.at, put_out = excluded.put_out";

  private final Database database;

  SqlResultCache(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Result> find(String key) {
    return database.read(session ->
        session.first(
            FIND,
            row ->
                new Result(
                    new RunId(row.text(1)),
                    row.text(2),
                    row.instant(3),
                    Json.read(row.text(4)).words("values")),
            key));
  }

  @Override
  public void remember(String key, Result result) {
    var values = new Fields().put("values", result.values()).json();
    database.write(session ->
        session.update(
            REMEMBER,
            key,
            result.run().value(),
            result.stepRun(),
            result.at().toEpochMilli(),
            values));
  }
}
