package ferry.submission;

import ferry.backend.Code;
import ferry.backend.CodeKeeper;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.run.RunId;
import ferry.schedule.Due;
import ferry.schedule.Scheduled;
import ferry.schedule.Scheduler.Firing;
import ferry.tracking.RunCatalog;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

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
  private final CodeKeeper code;
  private final Function<RunId, Path> emptyDirectory;
  private final InstantSource clock;

  /**
   * Runs of firings.
   *
   * @param emptyDirectory makes an empty directory for a run's own copy; what an earlier try left
   *     there is gone
   */
  public ScheduledRuns(
      Submissions submissions,
      RunCatalog catalog,
      CodeKeeper code,
      Function<RunId, Path> emptyDirectory,
      InstantSource clock) {
    this.submissions = submissions;
    this.catalog = catalog;
    this.code = code;
    this.emptyDirectory = emptyDirectory;
    this.clock = clock;
  }

  @Override
  public RunId fire(Scheduled scheduled, Due due) {
    var id = id(scheduled.name(), due.at());
    if (catalog.find(id).isEmpty()) {
      submissions.submit(plan(id, scheduled.plan(), due));
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
        place(id, kept),
        origin,
        code(kept, due),
        digest,
        clock.instant(),
        kept.setting());
  }

  private Place place(RunId id, Plan kept) {
    var typed = kept.place();
    if (kept.code().snapshot().isEmpty()) {
      return typed;
    }
    var copy = emptyDirectory.apply(id);
    code.restore(kept.code().snapshot().get(), Path.of(typed.directory()), copy);
    return new Place(copy.toString(), typed.environment(), typed.user(), typed.host());
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
