package ferry.submission;

import ferry.backend.Code;
import ferry.backend.CodeKeeper;
import ferry.backend.Origin;
import ferry.backend.Plan;
import ferry.experiment.Written;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.schedule.Due;
import ferry.schedule.Scheduled;
import ferry.schedule.Scheduler.Firing;
import ferry.tracking.RunCatalog;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The runs of firings, each named after its instant. A run works in its own copy of the code as it
 * was when it was scheduled.
 */
public final class ScheduledRuns implements Firing {
  /** Minutes are the finest that a schedule knows, so no two firings of one share a name. */
  private static final DateTimeFormatter KEY =
      DateTimeFormatter.ofPattern("yyyyMMdd't'HHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int HASH = 6;

  private final Submissions submissions;
  private final RunCatalog catalog;
  private final OwnCopies copies;
  private final InstantSource clock;

  /**
   * Runs of firings.
   *
   * @param files where runs have their own copies
   */
  public ScheduledRuns(
      Submissions submissions,
      RunCatalog catalog,
      CodeKeeper code,
      TrialFiles files,
      InstantSource clock) {
    this.submissions = submissions;
    this.catalog = catalog;
    this.copies = new OwnCopies(code, files);
    this.clock = clock;
  }

  @Override
  public RunId fire(Scheduled scheduled, Due due) {
    var id = id(scheduled.name(), due.at());
    if (catalog.find(id).isEmpty()) {
      var plan = submissions.submit(plan(id, scheduled.plan(), due)).plan();
      submissions.backend(plan).follow(id, new Settling(plan, scheduled.plan()));
    }
    return id;
  }

  /**
   * The name of a firing's run. Where a schedule's own name cannot stand in it whole, some of its
   * hash does: {@code nightly_eu} and {@code Nightly-EU} would take each other's firings for their
   * own.
   */
  static RunId id(String schedule, Instant firing) {
    var key = KEY.format(firing);
    var id = RunId.of(schedule, key);
    return id.value().equals(schedule + "-" + key)
        ? id
        : RunId.of(schedule, key + new ContentDigest().add(schedule).hex().substring(0, HASH));
  }

  private Plan plan(RunId id, Plan kept, Due due) {
    var origin =
        new Origin(
            Origin.Kind.SCHEDULE, kept.origin().text(), kept.origin().file(), Optional.empty());
    var digest = new ContentDigest().add("schedule", kept.digest(), due.at().toString()).hex();
    return new Plan(
        id,
        kept.workflow(),
        kept.backend(),
        copies.make(id, kept),
        origin,
        code(kept, due),
        digest,
        clock.instant(),
        kept.setting());
  }

  /** Waits for the end of a run, and settles its copy then. */
  private final class Settling implements Consumer<RunEvent> {
    private final RunId run;
    private final Plan kept;
    private RunState state;

    Settling(Plan plan, Plan kept) {
      this.run = plan.id();
      this.kept = kept;
      this.state = RunState.of(plan.workflow());
    }

    @Override
    public synchronized void accept(RunEvent event) {
      boolean wasEnded = state.status().isEnded();
      state = state.apply(event);
      var now = state;
      if (now.status().isEnded() && !wasEnded) {
        Thread.ofVirtual()
            .name("settle " + run)
            .start(() -> copies.settle(run, kept, now, Written.By.SCHEDULE));
      }
    }
  }

  private static Code code(Plan kept, Due due) {
    var code = kept.code();
    var where =
        code.snapshot().isPresent()
            ? "works in its own copy of " + kept.place().directory() + " as it was scheduled"
            : "works in "
                + kept.place().directory()
                + " as it is now, for it could not be kept"
                + code.note().map(note -> ": " + note).orElse("");
    var note = due.note().map(late -> where + "; " + late).orElse(where);
    return new Code(code.snapshot(), code.commit(), code.dirty(), Optional.of(note));
  }
}
