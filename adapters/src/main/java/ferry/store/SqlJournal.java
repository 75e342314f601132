package ferry.store;

import ferry.backend.Origin;
import ferry.backend.Plan;
import ferry.engine.Journal;
import ferry.error.RequestError;
import ferry.error.UserException;
import ferry.run.RunEvent;
import ferry.run.RunEvent.StepEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log of events, and in the same transaction the rows that lists and views read. */
final class SqlJournal implements Journal {
  private static final int LONGEST_COMMAND = 200;

  private static final String INSERT_RUN =
      "INSERT INTO runs (id, workflow, backend, status, submitted, ended, submitter, command,"
          + " steps, done, experiment) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (id) DO NOTHING";
  private static final String INSERT_PLAN =
      "INSERT INTO plans (run, digest, body) VALUES (?, ?, ?)";
  static final String SELECT_PLAN = "SELECT body FROM plans WHERE run = ?";
  private static final String UPDATE_STATUS =
      "UPDATE runs SET status = ?, ended = ?, steps = ?, done = ? WHERE id = ?";
  private static final String UPDATE_COUNTS =
      "UPDATE runs SET steps = ?, done = ? WHERE id = ? AND status = ?";
  private static final String LAST_EVENT =
      "SELECT seq FROM run_events WHERE run = ? ORDER BY seq DESC LIMIT 1";
  private static final String INSERT_EVENT =
      "INSERT INTO run_events (run, seq, at, kind, body) VALUES (?, ?, ?, ?, ?)";

  private static final String SELECT_DIGEST = "SELECT digest FROM plans WHERE run = ?";
  private static final String STOP_RUN =
      "UPDATE runs SET status = 'stopped', ended = ?, done = steps WHERE id = ?";
  private static final String STOP_STEPS =
      "UPDATE step_runs SET state = 'stopped' WHERE run = ? AND state IN ('waiting', 'running')";
  private static final String STOP_ATTEMPTS =
      "UPDATE attempts SET state = 'stopped', ended = ? WHERE run = ? AND ended IS NULL";

  private final Database database;
  private final Environments environments;
  private final Environments ofExperiments;
  private final SqlNotices notices;

  /**
   * @param ofExperiments those of experiments, which their trials share
   */
  SqlJournal(
      Database database,
      Environments environments,
      Environments ofExperiments,
      SqlNotices notices) {
    this.notices = notices;
    this.database = database;
    this.environments = environments;
    this.ofExperiments = ofExperiments;
  }

  @Override
  public void append(List<Entry> entries) {
    var written = new ArrayList<RunId>();
    boolean done = false;
    Database.Work<Integer> work =
        session -> {
          for (var entry : entries) {
            append(session, entry, written);
          }
          return entries.size();
        };
    try {
      if (entries.stream().anyMatch(Entry::isNew)) {
        database.write(work);
      } else {
        database.writeAnyway(work);
      }
      done = true;
    } finally {
      if (!done) {
        written.forEach(run -> environments.delete(run.value()));
      }
    }
  }

  private void append(Session session, Entry entry, List<RunId> written) throws SQLException {
    var run = entry.plan().id();
    if (entry.isNew()) {
      insert(session, entry);
      written.add(run);
      keepEnvironment(entry.plan());
    } else {
      update(session, entry);
    }
    insertEvents(session, entry);
    new StepRows(session, entry).write();
    if (entry.after().status().isEnded() && !entry.events().isEmpty()) {
      notices.ended(session, run, entry.events().getLast().at());
    }
  }

  private void keepEnvironment(Plan plan) {
    var environment = plan.place().environment();
    var experiment = experiment(plan);
    if (experiment.isPresent()) {
      environments.share(plan.id().value(), ofExperiments.file(experiment.get()), environment);
    } else {
      environments.write(plan.id().value(), environment);
    }
  }

  private static Optional<String> experiment(Plan plan) {
    return plan.origin().kind() == Origin.Kind.TRIAL
        ? plan.origin().parent().map(RunId::value)
        : Optional.empty();
  }

  /** What happened to steps one after the other is one row. */
  private static void insertEvents(Session session, Entry entry) throws SQLException {
    var run = entry.plan().id().value();
    long seq = entry.isNew() ? 0 : session.first(LAST_EVENT, row -> row.number(1), run).orElse(0L);
    var ofSteps = new ArrayList<StepEvent>();
    for (var event : entry.events()) {
      if (event instanceof StepEvent ofStep) {
        ofSteps.add(ofStep);
      } else {
        seq = insertTurn(session, run, seq, ofSteps);
        insert(session, run, ++seq, event, EventCodec.kind(event), EventCodec.body(event));
      }
    }
    insertTurn(session, run, seq, ofSteps);
  }

  private static long insertTurn(Session session, String run, long seq, List<StepEvent> events)
      throws SQLException {
    if (events.isEmpty()) {
      return seq;
    }
    insert(session, run, seq + 1, events.getFirst(), EventCodec.TURN, EventCodec.turn(events));
    events.clear();
    return seq + 1;
  }

  private static void insert(
      Session session, String run, long seq, RunEvent first, String kind, String body)
      throws SQLException {
    session.update(INSERT_EVENT, run, seq, first.at().toEpochMilli(), kind, body);
  }

  private static void insert(Session session, Entry entry) throws SQLException {
    var plan = entry.plan();
    var after = entry.after();
    int inserted =
        session.update(
            INSERT_RUN,
            plan.id().value(),
            plan.workflow().name(),
            plan.backend(),
            after.status().word(),
            plan.submitted().toEpochMilli(),
            ended(entry),
            plan.place().user(),
            command(plan.origin()),
            after.size(),
            after.done(),
            experiment(plan).orElse(null));
    if (inserted == 0) {
      throw new RequestError.IdTaken(plan.id().value()).thrown();
    }
    session.update(INSERT_PLAN, plan.id().value(), plan.digest(), PlanCodec.write(plan));
  }

  /** The status is in indexes, so it is written only where it is another. */
  private static void update(Session session, Entry entry) throws SQLException {
    var run = entry.plan().id().value();
    RunState after = entry.after();
    var status = after.status().word();
    if (after.status().isEnded()
        || session.update(UPDATE_COUNTS, after.size(), after.done(), run, status) == 0) {
      session.update(UPDATE_STATUS, status, ended(entry), after.size(), after.done(), run);
    }
  }

  private static @Nullable Long ended(Entry entry) {
    return entry.after().status().isEnded() && !entry.events().isEmpty()
        ? entry.events().getLast().at().toEpochMilli()
        : null;
  }

  private static String command(Origin origin) {
    var text = origin.file().orElse(origin.text()).strip();
    return text.codePointCount(0, text.length()) <= LONGEST_COMMAND
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_COMMAND));
  }

  @Override
  public Optional<Plan> plan(RunId run) {
    return database
        .read(session -> session.first(SELECT_PLAN, row -> row.text(1), run.value()))
        .map(body -> {
          var own = environments.read(run.value());
          var shared =
              own.or(() -> experiment(PlanCodec.read(body, Map.of())).flatMap(ofExperiments::read));
          return PlanCodec.read(body, shared.orElseThrow(() -> gone(run)));
        });
  }

  @Override
  public Optional<Plan> bare(RunId run) {
    return database
        .read(session -> session.first(SELECT_PLAN, row -> row.text(1), run.value()))
        .map(body -> PlanCodec.read(body, environments.read(run.value()).orElse(Map.of())));
  }

  @Override
  public Optional<String> digest(RunId run) {
    return database.read(session -> session.first(SELECT_DIGEST, row -> row.text(1), run.value()));
  }

  /** With a wish to stop, whose reason views show; replayed, it leaves the run to be retried. */
  @Override
  public void giveUp(RunId run, Instant at, String reason) {
    var asked = new RunEvent.StopRequested(at, reason);
    database.writeAnyway(session -> {
      long seq = session.first(LAST_EVENT, row -> row.number(1), run.value()).orElse(0L);
      session.update(
          INSERT_EVENT,
          run.value(),
          seq + 1,
          at.toEpochMilli(),
          EventCodec.kind(asked),
          EventCodec.body(asked));
      notices.ended(session, run, at);
      session.update(STOP_STEPS, run.value());
      session.update(STOP_ATTEMPTS, at.toEpochMilli(), run.value());
      return session.update(STOP_RUN, at.toEpochMilli(), run.value());
    });
  }

  private UserException gone(RunId run) {
    return StoreFailure.words(
        "the environment of run `"
            + run
            + "` is gone: "
            + environments.file(run.value())
            + " is not there",
        "submit it again from where it is to run; `ferry rm` takes this one away");
  }

  @Override
  public List<RunEvent> events(RunId run) {
    var rows =
        database.read(session ->
            session.list(
                "SELECT kind, at, body FROM run_events WHERE run = ? ORDER BY seq",
                row -> EventCodec.readAll(row.text(1), row.instant(2), row.text(3)),
                run.value()));
    return rows.stream().flatMap(List::stream).toList();
  }

  @Override
  public List<RunId> unfinished() {
    return database.read(session ->
        session.list(
            "SELECT id FROM runs WHERE status IN ('waiting', 'running')"
                + " ORDER BY submitted, id",
            row -> new RunId(row.text(1))));
  }
}
