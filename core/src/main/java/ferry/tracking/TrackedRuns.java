package ferry.tracking;

import ferry.query.Clause;
import ferry.query.Order;
import ferry.run.RunId;
import ferry.run.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tracked runs. Where one is not there, what is to be done with it ends in {@code NotFound}.
 */
public interface TrackedRuns {

  /** Which of them, by whether they were deleted. */
  enum View {
    ACTIVE,
    DELETED,
    ALL
  }

  /**
   * What is searched for.
   *
   * @param groups ids; in none nothing is found
   * @param orders after these, the latest start comes first
   * @param offset so many are passed over
   */
  record Search(
      List<String> groups,
      View view,
      List<Clause> clauses,
      List<Order> orders,
      int offset,
      int limit) {
    public Search {
      groups = List.copyOf(groups);
      clauses = List.copyOf(clauses);
      orders = List.copyOf(orders);
    }
  }

  /**
   * What a search found.
   *
   * @param isLast whether nothing follows
   */
  record Page(List<TrackedRun> runs, boolean isLast) {
    public Page {
      runs = List.copyOf(runs);
    }
  }

  /** What is to become of a run; what is empty stays. */
  record Update(
      Optional<RunStatus> status,
      Optional<Instant> ended,
      Optional<String> name,
      Optional<TrackedId> parent) {}

  /**
   * Opens a run, and gives it as it is kept.
   *
   * @throws ferry.error.UserException where its group is not there or deleted
   */
  TrackedRun create(NewRun run);

  Optional<TrackedRun> find(TrackedId id);

  void update(TrackedId id, Update update);

  void setDeleted(TrackedId id, boolean deleted);

  void untag(TrackedId id, String name);

  /** Adds what a run used and made; what is there already stays as it is. */
  void link(TrackedId id, List<TrackedRun.Dataset> inputs, List<TrackedRun.ModelLink> models);

  /**
   * The runs that a search asks for, as far as they have room in so many bytes of texts; the first
   * has always. No others are read.
   */
  Page page(Search search, long mostBytes);

  /** A page with no bounds but its own limit. */
  default List<TrackedRun> search(Search search) {
    return page(search, Long.MAX_VALUE).runs();
  }

  /**
   * The run of Ferry that a tracked run belongs to; empty where it belongs to none or is not there.
   */
  Optional<RunId> owner(TrackedId id);

  /**
   * Runs of Ferry and all that belongs to them: step runs, and what their scripts opened. Each run
   * comes before its parts, these by their start; what was deleted is left out.
   */
  List<TrackedRun> of(List<RunId> runs, int most);

  /**
   * Where files were uploaded to for a run of Ferry, its steps and what their scripts opened, by
   * the tracked run: directories of {@link ArtifactFiles}.
   */
  Map<TrackedId, String> uploads(RunId run);

  /** A run of Ferry and steps of it that are not tracked as they are. */
  record Outdated(RunId run, List<Integer> steps) {
    public Outdated {
      steps = List.copyOf(steps);
    }
  }

  /** Brings what is tracked of runs of Ferry, and of those steps of them, up to date. */
  void refresh(List<Outdated> runs);

  /** Runs of Ferry that have changed since they were brought up to date last. */
  List<Outdated> outdated();
}
