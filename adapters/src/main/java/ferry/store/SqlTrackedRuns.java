package ferry.store;

import ferry.error.RequestError;
import ferry.run.RunId;
import ferry.tracking.NewRun;
import ferry.tracking.TrackedId;
import ferry.tracking.TrackedRun;
import ferry.tracking.TrackedRuns;
import ferry.workflow.Names;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tracked runs as rows. */
final class SqlTrackedRuns implements TrackedRuns {
  private static final String INSERT =
      "INSERT INTO tracked_runs (no, id, grp, name, submitter, status, started, ended, deleted,"
          + " parent, run) VALUES (?, ?, ?, ?, ?, 'running', ?, NULL, 0, ?, ?)"
          + " ON CONFLICT (id) DO NOTHING";
  private static final String UPDATE =
      "UPDATE tracked_runs SET status = coalesce(?, status), ended = coalesce(?, ended),"
          + " name = coalesce(?, name), parent = coalesce(?, parent) WHERE no = ?";
  private static final String INSERT_DATASET =
      "INSERT INTO run_datasets (run, name, digest, context, body) VALUES (?, ?, ?, ?, ?)"
          + " ON CONFLICT (run, name, digest) DO NOTHING";
  private static final String INSERT_MODEL =
      "INSERT INTO run_models (run, model, output, step) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT (run, model, output) DO NOTHING";
  private static final String BEHIND =
      "SELECT r.id FROM runs r LEFT JOIN tracked_runs t ON t.id = r.id"
          + " WHERE t.id IS NULL OR t.status <> r.status ORDER BY r.submitted";
  private static final String ATTEMPTED =
      "SELECT idx FROM step_runs WHERE run = ? AND state NOT IN ('waiting', 'skipped')";
  private static final String UPLOADED = "mlflow-artifacts:/";
  private static final List<String> TABLES =
      List.of("run_params", "run_tags", "run_datasets", "run_models");

  private final Database database;
  private final GroupedWrites writes;
  private final MetricInbox inbox;
  private final InstantSource clock;

  SqlTrackedRuns(Database database, GroupedWrites writes, MetricInbox inbox, InstantSource clock) {
    this.database = database;
    this.inbox = inbox;
    this.writes = writes;
    this.clock = clock;
  }

  @Override
  public TrackedRun create(NewRun run) {
    return writes.write(session -> {
      long group = SqlRunGroups.active(session, run.group());
      long no = FerryRuns.next(session, "tracked_runs");
      int inserted =
          session.update(
              INSERT,
              no,
              run.id().value(),
              group,
              run.name(),
              run.user(),
              run.started().toEpochMilli(),
              run.parent().map(TrackedId::value).orElse(null),
              run.run().map(RunId::value).orElse(null));
      if (inserted == 0) {
        throw new RequestError.IdTaken(run.id().value()).thrown();
      }
      for (var tag : run.tags().entrySet()) {
        session.update(SqlTrackingLog.UPSERT_TAG, no, tag.getKey(), tag.getValue());
      }
      return run.opened(SqlRunGroups.artifacts(session, group));
    });
  }

  @Override
  public Optional<TrackedRun> find(TrackedId id) {
    inbox.settle();
    var found = database.read(session -> TrackedRows.one(session, id));
    if (found.filter(run -> run.status().isEnded()).isPresent() || !mayBeFerrys(id)) {
      return found;
    }
    writes.write(session -> new FerryRuns(session).trackNamed(id));
    return database.read(session -> TrackedRows.one(session, id));
  }

  private boolean mayBeFerrys(TrackedId id) {
    var run = FerryRuns.runOf(id);
    var sql = "SELECT 1 FROM runs WHERE id = ?";
    return database.read(session -> session.first(sql, row -> row.number(1), run)).isPresent();
  }

  @Override
  public void update(TrackedId id, Update update) {
    writes.write(session ->
        session.update(
            UPDATE,
            update.status().map(status -> status.word()).orElse(null),
            update.ended().map(ended -> (Object) ended.toEpochMilli()).orElse(null),
            update.name().orElse(null),
            update.parent().map(TrackedId::value).orElse(null),
            FerryRuns.active(session, id)));
  }

  @Override
  public void setDeleted(TrackedId id, boolean deleted) {
    writes.write(session -> {
      int changed =
          session.update(
              "UPDATE tracked_runs SET deleted = ? WHERE id = ?",
              deleted ? Math.max(1, clock.millis()) : 0,
              id.value());
      if (changed == 0) {
        throw FerryRuns.notFound(id);
      }
      return changed;
    });
  }

  @Override
  public void untag(TrackedId id, String name) {
    writes.write(session -> {
      long no = FerryRuns.active(session, id);
      if (session.update("DELETE FROM run_tags WHERE run = ? AND name = ?", no, name) == 0) {
        var names = "SELECT name FROM run_tags WHERE run = ? ORDER BY name";
        throw noTag(name, session.list(names, row -> row.text(1), no));
      }
      return no;
    });
  }

  static RuntimeException noTag(String name, List<String> known) {
    var shown = name.length() <= 250 ? name : name.substring(0, 250) + "…";
    return new RequestError.NotFound("tag", shown, Names.nearest(shown, known), known).thrown();
  }

  @Override
  public void link(
      TrackedId id, List<TrackedRun.Dataset> inputs, List<TrackedRun.ModelLink> models) {
    writes.write(session -> {
      long no = FerryRuns.active(session, id);
      for (var dataset : inputs) {
        session.update(
            INSERT_DATASET,
            no,
            dataset.name(),
            dataset.digest(),
            dataset.tags().getOrDefault("mlflow.data.context", ""),
            new Fields().put("fields", dataset.fields()).put("tags", dataset.tags()).json());
      }
      for (var model : models) {
        session.update(INSERT_MODEL, no, model.model(), model.isOutput(), model.step());
      }
      return no;
    });
  }

  @Override
  public Page page(Search search, long mostBytes) {
    var oneMore =
        new Search(
            search.groups(),
            search.view(),
            search.clauses(),
            search.orders(),
            search.offset(),
            search.limit() + 1);
    inbox.settle();
    return database.read(session -> {
      var found = new RunSearch(session, oneMore).page();
      var asked = found.subList(0, Math.min(found.size(), search.limit()));
      var light = new TrackedWeights(session, mostBytes).beginning(asked);
      return new Page(TrackedRows.read(session, light), light.size() == found.size());
    });
  }

  @Override
  public List<TrackedRun> of(List<RunId> runs, int most) {
    var marks = String.join(", ", Collections.nCopies(runs.size(), "?"));
    var sql =
        "SELECT no FROM tracked_runs WHERE run IN ("
            + marks
            + ") AND deleted = 0 ORDER BY run, parent IS NOT NULL, started, id LIMIT "
            + most;
    var values = runs.stream().map(RunId::value).toArray();
    inbox.settle();
    return database.read(
        session -> TrackedRows.read(session, session.once(sql, row -> row.number(1), values)));
  }

  @Override
  public Optional<RunId> owner(TrackedId id) {
    var sql = "SELECT run FROM tracked_runs WHERE id = ?";
    return database
        .read(session -> session.first(sql, row -> row.optionalText(1), id.value()))
        .flatMap(run -> run)
        .map(RunId::new);
  }

  @Override
  public Map<TrackedId, String> uploads(RunId run) {
    var sql =
        "SELECT r.id, g.artifacts FROM tracked_runs r, run_groups g WHERE g.no = r.grp AND r.run ="
            + " ? ORDER BY r.no";
    var places = new LinkedHashMap<TrackedId, String>();
    database.read(session ->
        session.list(
            sql,
            row -> {
              if (row.text(2).startsWith(UPLOADED)) {
                var group = row.text(2).substring(UPLOADED.length());
                places.put(new TrackedId(row.text(1)), group + "/" + row.text(1));
              }
              return places;
            },
            run.value()));
    return places;
  }

  /** What a power cut takes is found to be outdated later. */
  @Override
  public void refresh(List<Outdated> runs) {
    database.writeSoon(session -> {
      for (var run : runs) {
        new FerryRuns(session).refresh(run.run(), run.steps());
      }
      return runs.size();
    });
  }

  @Override
  public List<Outdated> outdated() {
    return database.read(session -> {
      var all = new ArrayList<Outdated>();
      for (var run : session.list(BEHIND, row -> row.text(1))) {
        var steps = session.list(ATTEMPTED, row -> row.count(1), run);
        all.add(new Outdated(new RunId(run), steps));
      }
      return all;
    });
  }

  /** Forgets a run of Ferry, its step runs, and what its scripts opened, with all they logged. */
  static void forget(Session session, RunId run) throws SQLException {
    var sql = "SELECT no FROM tracked_runs WHERE run = ?";
    for (long no : session.list(sql, row -> row.number(1), run.value())) {
      session.update(
          "DELETE FROM metric_pieces WHERE series IN (SELECT no FROM metric_series WHERE run = ?)",
          no);
      session.update("DELETE FROM metric_series WHERE run = ?", no);
      MetricInbox.forget(session, no);
      for (var table : TABLES) {
        session.update("DELETE FROM " + table + " WHERE run = ?", no);
      }
    }
    session.update("DELETE FROM tracked_runs WHERE run = ?", run.value());
  }
}
