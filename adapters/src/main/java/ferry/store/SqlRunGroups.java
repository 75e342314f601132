package ferry.store;

import ferry.error.RequestError;
import ferry.tracking.RunGroup;
import ferry.tracking.RunGroups;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Groups of tracked runs as rows. */
final class SqlRunGroups implements RunGroups {
  private static final String SELECT =
      "SELECT no, name, artifacts, created, updated, deleted FROM run_groups";
  private static final String TAGS = "SELECT grp, name, value FROM run_group_tags";
  private static final String INSERT =
      "INSERT INTO run_groups (no, name, artifacts, created, updated, deleted)"
          + " VALUES (?, ?, ?, ?, ?, 0)";
  private static final String UPSERT_TAG =
      "INSERT INTO run_group_tags (grp, name, value) VALUES (?, ?, ?)"
          + " ON CONFLICT (grp, name) DO UPDATE SET value = excluded.value";

  private final Database database;
  private final GroupedWrites writes;
  private final InstantSource clock;

  SqlRunGroups(Database database, GroupedWrites writes, InstantSource clock) {
    this.database = database;
    this.writes = writes;
    this.clock = clock;
  }

  /** The number of the group of that name, which is made where there is none. */
  static long ensure(Session session, String name, long at) throws SQLException {
    var sql = "SELECT no FROM run_groups WHERE name = ?";
    var known = session.first(sql, row -> row.number(1), name);
    return known.isPresent() ? known.get() : insert(session, name, Optional.empty(), at);
  }

  private static long insert(Session session, String name, Optional<String> artifacts, long at)
      throws SQLException {
    long no = FerryRuns.next(session, "run_groups");
    session.update(INSERT, no, name, artifacts.orElse("mlflow-artifacts:/" + no), at, at);
    return no;
  }

  /** Where the files of a group's runs lie. */
  static String artifacts(Session session, long group) throws SQLException {
    var sql = "SELECT artifacts FROM run_groups WHERE no = ?";
    return session.first(sql, row -> row.text(1), group).orElseThrow();
  }

  @Override
  public RunGroup create(String name, Optional<String> artifacts, Map<String, String> tags) {
    long no =
        writes.write(session -> {
          checkFree(session, name);
          long made = insert(session, name, artifacts, clock.millis());
          for (var tag : tags.entrySet()) {
            session.update(UPSERT_TAG, made, tag.getKey(), tag.getValue());
          }
          return made;
        });
    return find(Long.toString(no)).orElseThrow();
  }

  private static void checkFree(Session session, String name) throws SQLException {
    var taken =
        session.first("SELECT deleted FROM run_groups WHERE name = ?", row -> row.flag(1), name);
    if (taken.isPresent()) {
      var state = taken.get() ? "deleted" : "active";
      throw new RequestError.Conflict(
              "Experiment(name=" + name + ") already exists, in the state " + state,
              List.of("choose another name, or restore it"))
          .thrown();
    }
  }

  @Override
  public Optional<RunGroup> find(String id) {
    var no = number(id);
    return no.isEmpty()
        ? Optional.empty()
        : database.read(session -> one(session, " WHERE no = ?", no.getAsLong()));
  }

  @Override
  public Optional<RunGroup> named(String name) {
    return database.read(session -> one(session, " WHERE name = ?", name));
  }

  private static Optional<RunGroup> one(Session session, String where, Object value)
      throws SQLException {
    var found = session.first(SELECT + where, row -> group(row, Map.of()), value);
    if (found.isEmpty()) {
      return found;
    }
    var tags = new TreeMap<String, String>();
    session.list(
        TAGS + " WHERE grp = ?",
        row -> tags.put(row.text(2), row.text(3)),
        Long.parseLong(found.get().id()));
    return session.first(SELECT + where, row -> group(row, tags), value);
  }

  @Override
  public List<RunGroup> all() {
    return database.read(session -> {
      var tags = new HashMap<Long, Map<String, String>>();
      session.list(
          TAGS,
          row ->
              tags.computeIfAbsent(row.number(1), _ -> new TreeMap<>())
                  .put(row.text(2), row.text(3)));
      return session.list(
          SELECT + " ORDER BY no", row -> group(row, tags.getOrDefault(row.number(1), Map.of())));
    });
  }

  private static RunGroup group(Row row, Map<String, String> tags) throws SQLException {
    return new RunGroup(
        Long.toString(row.number(1)),
        row.text(2),
        row.text(3),
        row.instant(4),
        row.instant(5),
        row.flag(6) ? Optional.of(row.instant(6)) : Optional.empty(),
        tags);
  }

  /** The number that an id stands for. */
  static OptionalLong number(String id) {
    return id.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(id)) : OptionalLong.empty();
  }

  /**
   * The number of a group that takes runs.
   *
   * @throws ferry.error.UserException where it is not there or deleted
   */
  static long active(Session session, String id) throws SQLException {
    var no = existing(session, id);
    var sql = "SELECT deleted FROM run_groups WHERE no = ?";
    if (session.first(sql, row -> row.flag(1), no).orElseThrow()) {
      throw new RequestError.BadRequest(
              "The experiment " + id + " must be in the 'active' state. Current state is deleted",
              List.of("restore it first"))
          .thrown();
    }
    return no;
  }

  private static long existing(Session session, String id) throws SQLException {
    var no = number(id);
    var sql = "SELECT no FROM run_groups WHERE no = ?";
    return (no.isEmpty()
            ? Optional.<Long>empty()
            : session.first(sql, row -> row.number(1), no.getAsLong()))
        .orElseThrow(
            () -> new RequestError.NotFound("MLflow experiment", id, Optional.empty()).thrown());
  }

  @Override
  public void rename(String id, String name) {
    writes.write(session -> {
      long no = active(session, id);
      checkFree(session, name);
      return session.update(
          "UPDATE run_groups SET name = ?, updated = ? WHERE no = ?", name, clock.millis(), no);
    });
  }

  @Override
  public void setDeleted(String id, boolean deleted) {
    writes.write(session -> {
      long no = existing(session, id);
      var sql = "SELECT deleted FROM run_groups WHERE no = ?";
      long before = session.first(sql, row -> row.number(1), no).orElseThrow();
      if (deleted == (before != 0)) {
        throw new RequestError.NotFound(
                deleted ? "active experiment" : "deleted experiment", id, Optional.empty())
            .thrown();
      }
      long now = deleted ? afterDeletedRuns(session, no) : clock.millis();
      session.update(
          "UPDATE run_groups SET deleted = ?, updated = ? WHERE no = ?",
          deleted ? now : 0,
          now,
          no);
      return session.update(
          "UPDATE tracked_runs SET deleted = ? WHERE grp = ? AND deleted = ?",
          deleted ? now : 0,
          no,
          deleted ? 0 : before);
    });
  }

  /**
   * Now, but later than any of its runs was deleted: what is deleted with it comes back with it,
   * and is known by the time.
   */
  private long afterDeletedRuns(Session session, long no) throws SQLException {
    var sql = "SELECT COALESCE(MAX(deleted), 0) FROM tracked_runs WHERE grp = ?";
    long last = session.first(sql, row -> row.number(1), no).orElse(0L);
    return Math.max(last + 1, clock.millis());
  }

  @Override
  public void tag(String id, String name, String value) {
    writes.write(session -> session.update(UPSERT_TAG, active(session, id), name, value));
  }

  @Override
  public void untag(String id, String name) {
    writes.write(session -> {
      long no = active(session, id);
      var sql = "DELETE FROM run_group_tags WHERE grp = ? AND name = ?";
      if (session.update(sql, no, name) == 0) {
        var names = "SELECT name FROM run_group_tags WHERE grp = ? ORDER BY name";
        throw SqlTrackedRuns.noTag(name, session.list(names, row -> row.text(1), no));
      }
      return no;
    });
  }
}
