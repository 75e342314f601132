package ferry.server;

import ferry.error.RequestError;
import ferry.run.RunId;
import ferry.tracking.RunCatalog;
import ferry.tracking.RunRecord;
import ferry.tracking.RunSummary;
import ferry.workflow.Names;
import java.util.List;
import java.util.Optional;

/** Finds the run that somebody means: by its id, by the beginning of it, or as the latest. */
public final class RunLookup {
  private static final String LATEST = "latest";

  private final RunCatalog catalog;

  public RunLookup(RunCatalog catalog) {
    this.catalog = catalog;
  }

  public RunRecord record(String word) {
    var id = id(word);
    return catalog.find(id).orElseThrow(() -> notFound(word, Optional.empty()));
  }

  public RunSummary summary(String word) {
    return catalog.summary(id(word)).orElseThrow(() -> notFound(word, Optional.empty()));
  }

  public RunId id(String word) {
    if (word.equals(LATEST)) {
      return catalog.latest().orElseThrow(() -> nothingYet());
    }
    var candidates = catalog.startingWith(word);
    var exact = candidates.stream().filter(id -> id.value().equals(word)).findFirst();
    if (exact.isPresent()) {
      return exact.get();
    }
    return switch (candidates.size()) {
      case 0 -> throw ofStep(word).orElseGet(() -> notFound(word, nearest(word)));
      case 1 -> candidates.getFirst();
      default -> throw ambiguous(word, candidates);
    };
  }

  /** A step's name in place of a run's is a common slip. */
  private Optional<RuntimeException> ofStep(String word) {
    return catalog
        .latest()
        .filter(run -> hasStep(run, word))
        .map(run -> new RequestError.StepForRun(word, run.value()).thrown());
  }

  private Optional<String> nearest(String word) {
    if (Names.nearest(word, List.of(LATEST)).isPresent()) {
      return Optional.of(LATEST);
    }
    int dash = word.lastIndexOf('-');
    var beginning =
        dash > 0 ? word.substring(0, dash + 1) : word.substring(0, Math.min(3, word.length()));
    return catalog.startingWith(beginning).stream().map(RunId::value).findFirst();
  }

  private boolean hasStep(RunId run, String word) {
    return catalog.find(run).stream()
        .flatMap(known -> known.steps().stream())
        .anyMatch(step -> step.name().equals(word) || step.step().equals(word));
  }

  private static RuntimeException nothingYet() {
    return new RequestError.NoRuns().thrown();
  }

  private static RuntimeException notFound(String word, Optional<String> nearest) {
    return new RequestError.NotFound("run", word, nearest).thrown();
  }

  private static RuntimeException ambiguous(String word, List<RunId> candidates) {
    var names = String.join(", ", candidates.stream().map(RunId::value).toList());
    var message = "`" + word + "` is the beginning of several runs: " + names;
    return new RequestError.BadRequest(message, List.of("write more of the one you mean")).thrown();
  }
}
