package ferry.tracking;

import ferry.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Takes away what was put down for runs that nobody knows, because their server was killed before
 * they were recorded. It never touches a log or an artifact, whose database may be lost; and
 * nothing of the last day, because a run's files are there before the run is known.
 */
public final class Sweep {
  private static final Duration AGE = Duration.ofDays(1);
  private static final int PAGE = 1000;

  private final RunCatalog catalog;
  private final RunFiles files;

  public Sweep(RunCatalog catalog, RunFiles files) {
    this.catalog = catalog;
    this.files = files;
  }

  /**
   * Sweeps once.
   *
   * @return the runs whose files were deleted
   * @throws ferry.error.UserException where some cannot be deleted
   */
  public Set<RunId> run(Instant now) {
    var unknown = new HashSet<>(files.barelyBegun(now.minus(AGE)));
    if (!unknown.isEmpty()) {
      removeKnown(unknown);
    }
    unknown.forEach(files::delete);
    return unknown;
  }

  private void removeKnown(Set<RunId> candidates) {
    var after = Optional.<RunId>empty();
    do {
      var page = catalog.list(new RunCatalog.Query(Set.of(), Optional.empty(), after, PAGE));
      page.forEach(run -> candidates.remove(run.id()));
      after = page.size() < PAGE ? Optional.empty() : Optional.of(page.getLast().id());
    } while (after.isPresent() && !candidates.isEmpty());
  }
}
