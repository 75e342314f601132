package ferry.tracking;

import ferry.run.RunId;
import ferry.run.RunStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The runs that are known, newest first. */
public interface RunCatalog {

  /**
   * Which runs are asked for.
   *
   * @param statuses any of these; every one where empty
   * @param workflow of this name only
   * @param after a cursor: the run after which the list goes on
   * @param limit at most so many, 1 to 1,000
   */
  record Query(
      Set<RunStatus> statuses, Optional<String> workflow, Optional<RunId> after, int limit) {
    public Query {
      statuses = Set.copyOf(statuses);
      if (limit < 1 || limit > 1000) {
        throw new IllegalArgumentException("a list has 1 to 1,000 entries");
      }
    }
  }

  List<RunSummary> list(Query query);

  Optional<RunRecord> find(RunId run);

  /** The newest run, if there is any. */
  Optional<RunId> latest();

  /** Ids that start with the text, at most ten; to complete or to guess what was meant. */
  List<RunId> startingWith(String prefix);

  /** Forgets an ended run: its events, steps and attempts. Its files are the caller's. */
  void delete(RunId run);
}
