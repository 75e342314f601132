package ferry.backend;

import ferry.run.RunEvent;
import ferry.run.RunId;
import java.util.List;
import java.util.function.Consumer;

/** A place where runs execute. One run has one backend. */
public interface Backend {

  /** Exactly what {@link #submit} would create. */
  List<Rendered> render(Plan plan);

  /** What of a run {@link #render} cannot show, one sentence each. */
  default List<String> leftOut(Plan plan) {
    return List.of();
  }

  /**
   * Refuses what {@link #submit} would refuse because the place cannot run it.
   *
   * @throws ferry.error.UserException naming what is missing there
   */
  default void check(Plan plan) {}

  /** What a person should know of a run that this place would take, one sentence each. */
  default List<String> notes(Plan plan) {
    return List.of();
  }

  /** All that is special about running it there, in whole sentences, the notes among them. */
  default List<String> explain(Plan plan) {
    return List.of();
  }

  /** How the place that a plan names fires schedules. */
  default Timetable timetable(Plan plan) {
    return Timetable.NONE;
  }

  /**
   * Takes a run over; durable when it returns, and repeating it changes nothing.
   *
   * @throws ferry.error.UserException where the id is taken by another run, or the place cannot run
   *     this one
   */
  void submit(Plan plan);

  /**
   * Tells everything that happens to a run, from its beginning, at least once and in order; returns
   * at once.
   */
  void follow(RunId run, Consumer<RunEvent> events);

  /** Asks a run to stop; returns when the wish is durable. A run that has ended stays as it is. */
  void stop(RunId run, String reason);

  /**
   * Lets an ended run go on from what did not succeed.
   *
   * @throws ferry.error.UserException where the run has not ended, or nothing of it is left to do
   */
  void retry(RunId run);

  /**
   * Forgets an ended run: from the check that it has ended until {@code forget} is done, nothing of
   * the run starts.
   *
   * @param forget deletes what is kept of the run
   * @throws ferry.error.UserException where the run has not ended, or is being removed already
   */
  void remove(RunId run, Runnable forget);
}
