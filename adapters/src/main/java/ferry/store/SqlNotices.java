package ferry.store;

import ferry.run.RunId;
import ferry.tracking.Notices;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Notices as rows. */
final class SqlNotices implements Notices {
  private static final String PUT =
      "INSERT INTO notices (run, target, due, tries, created) VALUES (?, ?, ?, 0, ?)"
          + " ON CONFLICT (run, target) DO UPDATE SET due = excluded.due, tries = 0,"
          + " created = excluded.created";
  private static final String DUE =
      "SELECT run, target, tries, created FROM notices WHERE due <= ? ORDER BY due LIMIT ?";
  private static final String SAME = " WHERE run = ? AND target = ? AND created = ?";

  private final Database database;
  private volatile Set<String> targets = Set.of();

  SqlNotices(Database database) {
    this.database = database;
  }

  /** In the transaction that records the end of a run. */
  void ended(Session session, RunId run, Instant at) throws SQLException {
    for (var target : targets) {
      session.update(PUT, run.value(), target, at.toEpochMilli(), at.toEpochMilli());
    }
  }

  @Override
  public void wanted(Set<String> targets) {
    this.targets = Set.copyOf(targets);
  }

  @Override
  public List<Notice> due(Instant now, int limit) {
    return database.read(session ->
        session.list(
            DUE,
            row -> new Notice(new RunId(row.text(1)), row.text(2), row.count(3), row.instant(4)),
            now.toEpochMilli(),
            limit));
  }

  @Override
  public void again(Notice notice, Instant due) {
    database.write(session ->
        session.update(
            "UPDATE notices SET due = ?, tries = ?" + SAME,
            due.toEpochMilli(),
            notice.tries() + 1,
            notice.run().value(),
            notice.target(),
            notice.created().toEpochMilli()));
  }

  @Override
  public void done(Notice notice) {
    database.writeAnyway(session ->
        session.update(
            "DELETE FROM notices" + SAME,
            notice.run().value(),
            notice.target(),
            notice.created().toEpochMilli()));
  }

  @Override
  public long pending() {
    return database.read(
        session -> session.first("SELECT count(*) FROM notices", row -> row.number(1)).orElse(0L));
  }
}
