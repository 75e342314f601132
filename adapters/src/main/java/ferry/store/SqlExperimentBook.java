package ferry.store;

import ferry.error.RequestError;
import ferry.experiment.Experiment;
import ferry.experiment.ExperimentBook;
import ferry.experiment.ExperimentEvent;
import ferry.experiment.ExperimentSummary;
import ferry.experiment.ExperimentSummary.State;
import ferry.experiment.TrialOrder;
import ferry.experiment.TrialRecord;
import ferry.run.RunId;
import ferry.search.Goal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Experiments as rows; the environment of each in a file, as that of runs. */
final class SqlExperimentBook implements ExperimentBook {
  private static final String INSERT =
      "INSERT INTO experiments (id, status, submitted, summary) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT (id) DO NOTHING";
  private static final String TRIAL =
      "INSERT INTO trials (experiment, number, run, state, params, seed, metric, length, reports,"
          + " created, ended, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (experiment, number) DO UPDATE SET run = excluded.run,"
          + " state = excluded.state, metric = excluded.metric, length = excluded.length,"
          + " reports = excluded.reports, ended = excluded.ended, reason = excluded.reason";
  private static final String SELECT_TRIAL =
      "SELECT number, run, state, params, seed, metric, length, reports, created, ended, reason"
          + " FROM trials WHERE experiment = ?";

  /** The metric is text, and what is no number in it is the worst. */
  private static final String WORST_LAST =
      "CASE WHEN metric IS NULL THEN 2 WHEN metric IN ('NaN', 'Infinity', '-Infinity') THEN 1"
          + " ELSE 0 END, CASE WHEN metric NOT IN ('NaN', 'Infinity', '-Infinity')"
          + " THEN CAST(metric AS DOUBLE PRECISION) END";

  private static final String SELECT = "SELECT id, status, submitted, summary FROM experiments";

  private final Database database;
  private final Environments environments;

  SqlExperimentBook(Database database, Environments environments) {
    this.database = database;
    this.environments = environments;
  }

  @Override
  public void appendSoon(List<Entry> entries) {
    database.writeSoon(session -> {
      for (var entry : entries) {
        append(session, entry, new ArrayList<>());
      }
      return entries.size();
    });
  }

  @Override
  public void append(List<Entry> entries) {
    var written = new ArrayList<RunId>();
    boolean done = false;
    try {
      database.write(session -> {
        for (var entry : entries) {
          append(session, entry, written);
        }
        return written;
      });
      done = true;
    } finally {
      if (!done) {
        written.forEach(id -> environments.delete(id.value()));
      }
    }
  }

  private void append(Session session, Entry entry, List<RunId> written) throws SQLException {
    var id = entry.experiment().id().value();
    var after = entry.after();
    if (entry.isNew()) {
      long submitted = after.submitted().toEpochMilli();
      if (session.update(INSERT, id, after.state().word(), submitted, summary(after)) == 0) {
        throw new RequestError.IdTaken(id).thrown();
      }
      session.update(
          "INSERT INTO experiment_plans (experiment, body) VALUES (?, ?)",
          id,
          ExperimentCodec.write(entry.experiment()));
      written.add(entry.experiment().id());
      environments.write(id, entry.experiment().template().place().environment());
    } else {
      session.update(
          "UPDATE experiments SET status = ?, summary = ? WHERE id = ?",
          after.state().word(),
          summary(after),
          id);
    }
    session.update(
        "INSERT INTO experiment_events (experiment, seq, body) VALUES (?, ?, ?)",
        id,
        entry.first(),
        ExperimentEventCodec.write(entry.events()));
    for (var trial : entry.trials()) {
      write(session, id, trial);
    }
  }

  private static void write(Session session, String id, TrialRecord trial) throws SQLException {
    session.update(
        TRIAL,
        id,
        trial.number(),
        trial.run().value(),
        trial.state().word(),
        ExperimentCodec.text(trial.point()),
        trial.seed(),
        trial.metric().isPresent() ? Double.toString(trial.metric().getAsDouble()) : null,
        trial.length(),
        trial.reports(),
        trial.created().toEpochMilli(),
        trial.ended().map(Instant::toEpochMilli).orElse(null),
        trial.reason());
  }

  private static String summary(ExperimentSummary after) {
    var trials = new Fields();
    after.trials().forEach((state, count) -> trials.put(state.word(), count));
    return new Fields()
        .put("workflow", after.workflow())
        .put("reason", after.reason())
        .put("notes", after.notes())
        .put("metric", after.metric())
        .put("form", after.form())
        .put("goal", Words.write(after.goal()))
        .put("method", after.method())
        .put("planned", after.planned())
        .put("trials", trials.map())
        .put("best", after.best())
        .put("ended", after.ended().map(Instant::toString))
        .put("progress", after.progress())
        .put("labels", after.labels())
        .json();
  }

  private static ExperimentSummary summary(Row row) throws SQLException {
    var tree = Json.read(row.text(4));
    Map<TrialRecord.State, Integer> trials = new EnumMap<>(TrialRecord.State.class);
    var counts = tree.optionalTree("trials").orElse(new Tree(Map.of()));
    counts.fields().forEach((state, _) -> trials.put(trialState(state), counts.count(state, 0)));
    int best = tree.count("best", 0);
    return new ExperimentSummary(
        new RunId(row.text(1)),
        tree.text("workflow"),
        Words.read(State.class, row.text(2)),
        tree.text("reason"),
        tree.texts("notes"),
        tree.text("metric"),
        tree.text("form"),
        Words.read(Goal.class, tree.text("goal")),
        tree.text("method"),
        tree.count("planned", 0),
        trials,
        best == 0 ? OptionalInt.empty() : OptionalInt.of(best),
        row.instant(3),
        tree.optionalText("ended").map(Instant::parse),
        tree.optionalReal("progress").orElse(0),
        tree.texts("labels"));
  }

  private static TrialRecord.State trialState(String word) {
    return Words.read(TrialRecord.State.class, word);
  }

  @Override
  public Optional<Experiment> experiment(RunId id) {
    return database
        .read(session ->
            session.first(
                "SELECT body FROM experiment_plans WHERE experiment = ?",
                row -> row.text(1),
                id.value()))
        .map(body -> ExperimentCodec.read(body, environments.read(id.value()).orElseGet(Map::of)));
  }

  @Override
  public List<ExperimentEvent> events(RunId id) {
    var rows =
        database.read(session ->
            session.list(
                "SELECT body FROM experiment_events WHERE experiment = ? ORDER BY seq",
                row -> ExperimentEventCodec.read(row.text(1)),
                id.value()));
    return rows.stream().flatMap(List::stream).toList();
  }

  @Override
  public List<RunId> unfinished() {
    return database.read(session ->
        session.list(
            "SELECT id FROM experiments WHERE status IN ('running', 'paused')"
                + " ORDER BY submitted, id",
            row -> new RunId(row.text(1))));
  }

  @Override
  public List<ExperimentSummary> list(Optional<RunId> after, int limit) {
    var newest = " ORDER BY submitted DESC, id DESC LIMIT ?";
    var older = " WHERE (submitted, id) < (SELECT submitted, id FROM experiments WHERE id = ?)";
    return database.read(session ->
        after.isEmpty()
            ? session.list(SELECT + newest, SqlExperimentBook::summary, limit)
            : session.list(
                SELECT + older + newest, SqlExperimentBook::summary, after.get().value(), limit));
  }

  @Override
  public Optional<ExperimentSummary> find(RunId id) {
    return database.read(
        session -> session.first(SELECT + " WHERE id = ?", SqlExperimentBook::summary, id.value()));
  }

  @Override
  public List<RunId> startingWith(String prefix) {
    return database.read(session ->
        session.list(
            "SELECT id FROM experiments WHERE id >= ? AND id < ? ORDER BY id LIMIT 10",
            row -> new RunId(row.text(1)),
            prefix,
            prefix + "\uffff"));
  }

  @Override
  public List<TrialRecord> trials(RunId id, int after, int limit) {
    return database.read(session ->
        session.list(
            SELECT_TRIAL + " AND number > ? ORDER BY number LIMIT ?",
            SqlExperimentBook::trial,
            id.value(),
            after,
            limit));
  }

  @Override
  public List<TrialRecord> first(RunId id, TrialOrder order, int limit) {
    return database.read(session ->
        session.list(
            SELECT_TRIAL + " ORDER BY " + sql(order) + "number LIMIT ?",
            SqlExperimentBook::trial,
            id.value(),
            limit));
  }

  private static String sql(TrialOrder order) {
    return switch (order) {
      case NUMBER -> "";
      case LOWEST -> WORST_LAST + ", ";
      case HIGHEST -> WORST_LAST + " DESC, ";
      case LONGEST -> "length DESC, ";
      case STATE -> "state, ";
    };
  }

  @Override
  public Optional<TrialRecord> trial(RunId id, int number) {
    return database.read(session ->
        session.first(
            SELECT_TRIAL + " AND number = ?", SqlExperimentBook::trial, id.value(), number));
  }

  private static TrialRecord trial(Row row) throws SQLException {
    var metric = row.optionalText(6).map(Double::parseDouble);
    return new TrialRecord(
        row.count(1),
        new RunId(row.text(2)),
        trialState(row.text(3)),
        ExperimentCodec.point(row.text(4)),
        row.number(5),
        metric.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
        row.optionalReal(7).orElse(0),
        row.number(8),
        row.instant(9),
        row.optionalInstant(10),
        row.text(11));
  }
}
