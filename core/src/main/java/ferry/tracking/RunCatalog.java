package ferry.tracking;

import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.run.RunStatus;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The runs that are known, newest first. */
public interface RunCatalog {

  /**
   * Which runs are asked for.
   *
   * @param statuses any of these; every one where empty
   * @param workflow of this name only
   * @param trials whether runs of trials are among them
   * @param after a cursor: the run after which the list goes on
   * @param limit at most so many, 1 to 1,000
   */
  record Query(
      Set<RunStatus> statuses,
      Optional<String> workflow,
      boolean trials,
      Optional<RunId> after,
      int limit) {

    public Query(
        Set<RunStatus> statuses, Optional<String> workflow, Optional<RunId> after, int limit) {
      this(statuses, workflow, true, after, limit);
    }

    public Query {
      statuses = Set.copyOf(statuses);
      if (limit < 1 || limit > 1000) {
        throw new IllegalArgumentException("a list has 1 to 1,000 entries");
      }
    }
  }

  List<RunSummary> list(Query query);

  Optional<RunRecord> find(RunId run);

  /** What lists show of a run; also where the rest of it cannot be read. */
  default Optional<RunSummary> summary(RunId run) {
    return find(run).map(RunRecord::summary);
  }

  /**
   * Some step runs of a run by their index, in that order, as they are now; an index that is not
   * there is left out. A live view asks for a few of many, several times a second: a store answers
   * without reading the others.
   */
  default List<StepRecord> steps(RunId run, Collection<Integer> indexes) {
    var wanted = Set.copyOf(indexes);
    return find(run).stream()
        .flatMap(found -> found.steps().stream())
        .filter(step -> wanted.contains(step.index()))
        .toList();
  }

  /** Whether an attempt's run is there, and nothing is recorded of the attempt's end. */
  default boolean goesOn(AttemptId attempt) {
    return find(attempt.run()).isPresent()
        && find(attempt.run()).stream()
            .flatMap(found -> found.steps().stream())
            .filter(step -> step.name().equals(attempt.stepRun()))
            .flatMap(step -> step.attempts().stream())
            .filter(each -> each.number() == attempt.number())
            .allMatch(each -> each.ended().isEmpty());
  }

  /**
   * How many there are of what.
   *
   * @param stepsWaiting and running: those of runs that have not ended
   */
  record Counts(Map<RunStatus, Long> runs, long stepsWaiting, long stepsRunning) {
    public Counts {
      runs = Map.copyOf(runs);
    }
  }

  /** How many runs and steps there are; a store answers without reading them. */
  default Counts counts() {
    return new Counts(Map.of(), 0, 0);
  }

  /** The newest run, if there is any. */
  Optional<RunId> latest();

  /** Ids that start with the text, at most ten; to complete or to guess what was meant. */
  List<RunId> startingWith(String prefix);

  /** Forgets an ended run: its events, steps and attempts. Its files are the caller's. */
  void delete(RunId run);
}
