package ferry.server.upkeep;

import ferry.backend.Backend;
import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.error.RequestError;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunStatus;
import ferry.tracking.RunCatalog;
import ferry.tracking.RunFiles;
import ferry.tracking.RunRecord;
import ferry.tracking.RunSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Runs in memory that are only listed and removed, newest first. */
final class OldRuns implements RunCatalog, RunFiles, Backend {
  private final List<RunSummary> runs = new ArrayList<>();
  final List<RunId> withoutFiles = new ArrayList<>();
  final List<RunId> busy = new ArrayList<>();

  void add(String id, RunStatus status, Optional<Instant> ended, boolean starred) {
    var run = new RunId(id);
    var workflow = id.substring(0, id.lastIndexOf('-'));
    var begun = Instant.EPOCH;
    runs.addFirst(
        new RunSummary(run, workflow, "local", status, begun, ended, "ada", "true", 1, 1, starred));
  }

  List<String> left() {
    return runs.stream().map(run -> run.id().value()).toList();
  }

  @Override
  public List<RunSummary> list(Query query) {
    return runs.stream()
        .dropWhile(run -> query.after().isPresent() && !run.id().equals(query.after().get()))
        .skip(query.after().isPresent() ? 1 : 0)
        .filter(run -> query.statuses().contains(run.status()))
        .filter(run -> query.workflow().map(run.workflow()::equals).orElse(true))
        .limit(query.limit())
        .toList();
  }

  @Override
  public void delete(RunId run) {
    if (withoutFiles.contains(run)) {
      runs.removeIf(each -> each.id().equals(run));
    } else {
      withoutFiles.add(run);
    }
  }

  @Override
  public void remove(RunId run, Runnable forget) {
    if (busy.contains(run)) {
      throw new RequestError.Conflict("run `" + run + "` goes on", List.of()).thrown();
    }
    forget.run();
  }

  @Override
  public Optional<RunRecord> find(RunId run) {
    throw new UnsupportedOperationException("summaries are enough");
  }

  @Override
  public Optional<RunId> latest() {
    throw new UnsupportedOperationException("nobody asks for the latest");
  }

  @Override
  public List<RunId> startingWith(String prefix) {
    throw new UnsupportedOperationException("whole ids are known");
  }

  @Override
  public Set<RunId> barelyBegun(Instant before) {
    throw new UnsupportedOperationException("these have all begun");
  }

  @Override
  public List<Rendered> render(Plan plan) {
    throw new UnsupportedOperationException("nothing is submitted");
  }

  @Override
  public void submit(Plan plan) {
    throw new UnsupportedOperationException("nothing is submitted");
  }

  @Override
  public void follow(RunId run, Consumer<RunEvent> events) {
    throw new UnsupportedOperationException("nothing is followed");
  }

  @Override
  public void stop(RunId run, String reason) {
    throw new UnsupportedOperationException("nothing is stopped");
  }

  @Override
  public void retry(RunId run) {
    throw new UnsupportedOperationException("nothing is retried");
  }
}
