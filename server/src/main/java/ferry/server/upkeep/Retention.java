package ferry.server.upkeep;

import ferry.backend.Backend;
import ferry.error.UserException;
import ferry.registry.ModelVersion;
import ferry.run.RunId;
import ferry.run.RunStatus;
import ferry.tracking.RunCatalog;
import ferry.tracking.RunFiles;
import ferry.tracking.RunSummary;
import ferry.tracking.TrackedId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Removes runs that ended long ago. Kept, however old, are those with a star, those that a version
 * of a model came from, and trials of an experiment that goes on.
 */
public final class Retention {
  private static final Set<RunStatus> ENDED =
      Set.of(RunStatus.SUCCEEDED, RunStatus.FAILED, RunStatus.STOPPED);
  private static final int PAGE = 500;

  /** In one go; who has more asks again. */
  private static final int MOST = 10_000;

  private final RunCatalog catalog;
  private final RunFiles files;
  private final Function<String, Backend> backends;
  private final Needs needs;
  private final InstantSource clock;

  /**
   * What runs may be needed for.
   *
   * @param versions of all models
   * @param owner the run that a tracked run is, or is a part of
   * @param experiments that go on
   */
  public record Needs(
      Supplier<List<ModelVersion>> versions,
      Function<TrackedId, Optional<RunId>> owner,
      Supplier<List<RunId>> experiments) {}

  /** What would be removed but for a reason. */
  record Kept(RunId run, String why) {}

  /**
   * What came of it.
   *
   * @param more whether there are more than can be removed in one go
   */
  record Outcome(List<RunId> removed, List<Kept> kept, boolean more) {}

  /** What a server has. */
  public Retention(
      RunCatalog catalog,
      RunFiles files,
      Function<String, Backend> backends,
      Needs needs,
      InstantSource clock) {
    this.catalog = catalog;
    this.files = files;
    this.backends = backends;
    this.needs = needs;
    this.clock = clock;
  }

  /**
   * Removes what ended longer ago than that.
   *
   * @param workflow of this name only
   * @param dry whether it is only said what would be removed
   */
  Outcome remove(Duration age, Optional<String> workflow, boolean dry) {
    var before = clock.instant().minus(age);
    var old = endedBefore(before, workflow);
    var removed = new ArrayList<RunId>();
    var kept = new ArrayList<Kept>();
    var needed = needed();
    for (var run : old) {
      var why = why(run, needed);
      if (why.isEmpty() && !dry) {
        why = refusal(run);
      }
      why.ifPresentOrElse(
          reason -> kept.add(new Kept(run.id(), reason)), () -> removed.add(run.id()));
    }
    return new Outcome(removed, kept, old.size() == MOST);
  }

  private List<RunSummary> endedBefore(Instant before, Optional<String> workflow) {
    var old = new ArrayList<RunSummary>();
    Optional<RunId> after = Optional.empty();
    while (true) {
      var page = catalog.list(new RunCatalog.Query(ENDED, workflow, after, PAGE));
      for (var run : page) {
        if (run.ended().filter(ended -> ended.isBefore(before)).isPresent() && old.size() < MOST) {
          old.add(run);
        }
      }
      if (page.size() < PAGE || old.size() == MOST) {
        return old;
      }
      after = Optional.of(page.getLast().id());
    }
  }

  /** Runs that are needed, and what for. */
  private Map<RunId, String> needed() {
    var needed = new HashMap<RunId, String>();
    for (ModelVersion version : needs.versions.get()) {
      version
          .run()
          .flatMap(needs.owner)
          .ifPresent(run ->
              needed.put(
                  run,
                  "the model version " + version.model() + "/" + version.number() + " is its"));
    }
    return needed;
  }

  private Optional<String> why(RunSummary run, Map<RunId, String> needed) {
    if (run.starred()) {
      return Optional.of("it has a star");
    }
    if (needed.containsKey(run.id())) {
      return Optional.of(needed.get(run.id()));
    }
    var going =
        needs.experiments.get().stream()
            .filter(experiment -> run.id().value().startsWith(experiment.value() + "-"))
            .findFirst();
    return going.map(experiment -> "the experiment " + experiment + " goes on");
  }

  /** Files first: that makes the room which the rest may need. */
  private Optional<String> refusal(RunSummary run) {
    try {
      var id = run.id();
      backends
          .apply(run.backend())
          .remove(
              id,
              () -> {
                files.delete(id);
                catalog.delete(id);
              });
      return Optional.empty();
    } catch (UserException refused) {
      return Optional.of(String.valueOf(refused.getMessage()));
    }
  }
}
