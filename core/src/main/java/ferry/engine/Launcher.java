package ferry.engine;

import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.backend.Timetable;
import ferry.run.AttemptId;
import ferry.run.Capacity;
import ferry.run.RunEvent;
import ferry.run.RunEvent.StepEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import java.util.List;

/**
 * Starts and stops single attempts in one place, and tells what becomes of them. Methods return at
 * once; what comes of them is reported, at least once for each attempt that was launched: it always
 * ends with {@code Ended}.
 */
public interface Launcher {

  /** Takes reports; may be called from any thread. */
  interface Reports {
    void report(RunId run, StepEvent event);
  }

  /**
   * Readies this place; reports go there from now on. Called once, before anything else is asked of
   * it.
   */
  void start(Reports reports);

  /**
   * Checks that a run can be run here, and fixes in its setting what must not change until it has
   * ended. Called before anything of the run is recorded, from any thread; it may take its time.
   *
   * @throws ferry.error.UserException where it cannot be run here
   */
  default Plan accept(Plan plan) {
    return plan;
  }

  /** What a person should know before a run starts here, one sentence each. */
  default List<String> notes(Plan plan) {
    return List.of();
  }

  /** All that is special about running it here, in whole sentences, the notes among them. */
  default List<String> explain(Plan plan) {
    return notes(plan);
  }

  /** Exactly what {@link #launch} would create for a run's steps. */
  List<Rendered> render(Plan plan);

  /** What of a run {@link #render} cannot show, one sentence each. */
  default List<String> leftOut(Plan plan) {
    return List.of();
  }

  /** How this place fires schedules by itself. */
  default Timetable timetable() {
    return Timetable.NONE;
  }

  /** All that this place has for steps, in use or not. */
  Capacity capacity();

  /**
   * An opaque word for this boot and process space: attempts launched under another one are gone.
   */
  String machine();

  /**
   * How many attempts it lets wait by itself: for room within {@link #capacity()}, and for the step
   * runs that they come {@link AttemptSpec#after() after}. Where it is none, nothing is launched
   * that would have to wait.
   */
  default int ahead() {
    return 0;
  }

  /**
   * What was decided of a run is durable, and its launches come next; told for places that walk a
   * run by themselves. Told too, without events, of each run that an earlier process of ours left.
   *
   * @param state what is true of the run now
   */
  default void decided(Plan plan, List<RunEvent> events, RunState state) {}

  /**
   * Starts an attempt, unless it was started before; then it is followed. A place that lets
   * attempts wait starts it when its turn comes.
   */
  void launch(Plan plan, AttemptSpec attempt);

  /**
   * An attempt that was launched to wait for others waits for room alone from now on: they have
   * succeeded, which the place may have told before it heard of this attempt.
   */
  default void release(AttemptId attempt) {}

  /**
   * What waits by itself stays waiting until it may start again: nothing can be recorded for the
   * moment, and what starts now would only fail for the same reason.
   */
  default void pause(boolean paused) {}

  /**
   * Follows an attempt that an earlier process of ours launched, or was about to.
   *
   * @param machine what {@link #machine()} said at that time; where it is another now, the attempt
   *     is lost
   * @param started whether it is known to have started; if not, it is started now unless it was
   *     already
   */
  void resume(Plan plan, AttemptSpec attempt, String machine, boolean started);

  /** A run that has ended is forgotten: whatever is left of it here goes. */
  default void removed(Plan plan) {}

  /** The end of that attempt is durable: whatever was kept to tell it may go. */
  default void settled(AttemptId attempt) {}

  /**
   * Ends an attempt's whole process tree: politely, then after a grace period for good. One that
   * waits does not start any more.
   */
  void stop(AttemptId attempt);
}
