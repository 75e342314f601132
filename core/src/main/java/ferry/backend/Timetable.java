package ferry.backend;

import java.util.List;

/**
 * How a place fires schedules by itself, whether a server of ours is there or not. A schedule that
 * it does not take is fired by the server.
 */
public interface Timetable {
  /** The setting of a plan whose schedule a place fires: by what, as it is found there. */
  String FIRED_BY = "fired-by";

  /** The setting of a run that a place began by itself: the name of what it made there. */
  String FIRED = "fired";

  /** Where a server fires everything. */
  Timetable NONE = new Timetable() {};

  /** Exactly what {@link #keep} would create; nothing where the server fires it. */
  default List<Rendered> render(Plan plan) {
    return List.of();
  }

  /**
   * Has the place fire a plan's schedule from now on, instead of what it fires by that name.
   *
   * @return the plan as it is fired, with {@link #FIRED_BY}; the same plan where the server fires
   *     it
   * @throws ferry.error.UserException where the place cannot be reached, or refuses
   */
  default Plan keep(Plan plan) {
    return plan;
  }

  /** What a person should know of how a plan's schedule is fired, one sentence each. */
  default List<String> notes(Plan plan) {
    return List.of();
  }

  /** Holds a schedule that the place fires, or lets it go on. */
  default void pause(Plan plan, boolean isPaused) {}

  /** Fires it no more. */
  default void remove(Plan plan) {}

  /**
   * The runs that the place began by itself of a plan's schedule, as far as it still knows them.
   * Each has an id that it keeps for ever and says in its setting what there is of it, so that a
   * backend follows that and begins nothing.
   *
   * @throws ferry.error.UserException where the place cannot be reached, or refuses
   */
  default List<Plan> fired(Plan plan) {
    return List.of();
  }

  /** Whether a place fires the plan's schedule. */
  static boolean isFiring(Plan plan) {
    return plan.setting().containsKey(FIRED_BY);
  }
}
