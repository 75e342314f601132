package ferry.experiment;

import ferry.run.RunId;
import java.util.List;
import java.util.Optional;

/**
 * Where experiments become durable: an append-only record of each, with the present state of its
 * trials beside it.
 */
public interface ExperimentBook {

  /**
   * What one turn adds to one experiment.
   *
   * @param isNew whether the experiment itself is to be recorded first
   * @param events in their order
   * @param first the place of the first of them in the record, from 0
   * @param after where it stands after them
   * @param trials those that differ from what was recorded last
   */
  record Entry(
      Experiment experiment,
      boolean isNew,
      List<ExperimentEvent> events,
      long first,
      ExperimentSummary after,
      List<TrialRecord> trials) {
    public Entry {
      events = List.copyOf(events);
      trials = List.copyOf(trials);
    }
  }

  /**
   * Adds all entries or none; they survive a power cut once this returns.
   *
   * @throws ferry.error.UserException where nothing can be written, in words
   */
  void append(List<Entry> entries);

  /**
   * As {@link #append} for experiments that are recorded already, without waiting for the disk:
   * after a power cut all of it is there if anything is that any book or journal of this store
   * wrote later.
   */
  default void appendSoon(List<Entry> entries) {
    append(entries);
  }

  /** What was submitted under that id. */
  Optional<Experiment> experiment(RunId id);

  /** Everything that happened to an experiment, in order. */
  List<ExperimentEvent> events(RunId id);

  /** Experiments that have not ended, oldest first. */
  List<RunId> unfinished();

  /** Newest first; those after a cursor where one is given. */
  List<ExperimentSummary> list(Optional<RunId> after, int limit);

  Optional<ExperimentSummary> find(RunId id);

  /** Ids that start with the text, at most ten. */
  List<RunId> startingWith(String prefix);

  /**
   * Trials in the order of their numbers.
   *
   * @param after the number after which they begin
   */
  List<TrialRecord> trials(RunId id, int after, int limit);

  /** The first of all trials in an order. */
  default List<TrialRecord> first(RunId id, TrialOrder order, int limit) {
    return trials(id, 0, Integer.MAX_VALUE).stream()
        .sorted(order.comparator())
        .limit(limit)
        .toList();
  }

  Optional<TrialRecord> trial(RunId id, int number);
}
