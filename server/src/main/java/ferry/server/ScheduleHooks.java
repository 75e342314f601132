package ferry.server;

/**
 * What those are told who look after schedules.
 *
 * @param changed after each change of the schedules
 * @param listing before runs are listed, of which clusters may have begun some; may wait a moment
 */
public record ScheduleHooks(Runnable changed, Runnable listing) {}
