package ferry.tracking;

import ferry.query.Clause;
import ferry.run.RunId;
import ferry.run.RunStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The runs of Ferry as a table that is filtered and sorted by whatever is known of them. */
public interface RunTable {

  /** What a table can be sorted by. */
  sealed interface By {
    /** When it was submitted. */
    record Submitted() implements By {}

    /** How long it took; those that have not ended come after all others that fall. */
    record Lasted() implements By {}

    record Workflow() implements By {}

    record State() implements By {}

    record User() implements By {}

    /**
     * The best value of a metric that the run or a part of it logged: the greatest where the table
     * falls, else the least. Runs without one are left out.
     */
    record Metric(String key) implements By {}

    /**
     * A parameter of the run or of a part of it, of several the greatest where the table falls,
     * else the least: numbers by their size, and after them, where the table rises, words by their
     * letters. Runs without it are left out.
     */
    record Parameter(String name) implements By {}
  }

  /**
   * Which runs, and in which order.
   *
   * @param statuses any of these; every one where empty
   * @param text stands somewhere in the id or the command, in letters of either case
   * @param trials whether runs of trials are among them
   * @param starred only those with a star
   * @param where clauses, each of which holds for the run or for a part of it
   * @param after the run after which the list goes on
   * @param limit at most so many, 1 to 1,000
   */
  record Query(
      Set<RunStatus> statuses,
      Optional<String> workflow,
      Optional<String> text,
      boolean trials,
      boolean starred,
      List<Clause> where,
      By by,
      boolean falling,
      Optional<RunId> after,
      int limit) {
    public Query {
      statuses = Set.copyOf(statuses);
      where = List.copyOf(where);
      if (limit < 1 || limit > 1000) {
        throw new IllegalArgumentException("a list has 1 to 1,000 entries");
      }
    }
  }

  /** The tag of a run that somebody put a star on; such a run is kept. */
  String STAR = "ferry.starred";

  List<RunSummary> list(Query query);
}
