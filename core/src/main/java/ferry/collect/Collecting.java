package ferry.collect;

import ferry.backend.Plan;
import ferry.collect.LogMetrics.Found;
import ferry.tracking.MetricHistory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Makes what reads the metrics of a run beside its logs. */
public final class Collecting {
  /** The names of what is read, as people are told them. */
  public static final String CALLS = "MLflow calls";

  /** Those of {@code ferry.log}. */
  public static final String LOG = "ferry.log";

  public static final String FILE = "file";
  public static final String EVENTS = "TensorBoard";
  public static final String PAGE = "Prometheus";

  /** Where clocks are this machine's. */
  private static final String LOCAL = "local";

  private final Outside outside;
  private final MetricHistory history;
  private final LongSupplier nanos;

  /**
   * @param nanos tells the time, as {@link System#nanoTime}
   */
  public Collecting(Outside outside, MetricHistory history, LongSupplier nanos) {
    this.outside = outside;
    this.history = history;
    this.nanos = nanos;
  }

  /**
   * What a user named, and what the script logs itself.
   *
   * @param file a file of text or JSON lines, relative to the run's directory
   * @param events a directory of TensorBoard's files
   * @param endpoint an address that answers in Prometheus' format
   * @param unit of the length
   * @param reader makes a reader of text
   * @param printed what was read in the run's logs
   */
  public Beside of(
      Plan plan,
      Optional<String> file,
      Optional<String> events,
      Optional<String> endpoint,
      LengthUnit unit,
      LogMetrics reader,
      RunMetrics printed) {
    var directory = Path.of(plan.place().directory());
    var all = new ArrayList<Beside>();
    all.add(new CallsBeside(history, plan.id(), printed, unit));
    file.ifPresent(
        name -> all.add(new FileBeside(outside, directory.resolve(name), FILE, named(reader))));
    long since = plan.backend().equals(LOCAL) ? plan.submitted().toEpochMilli() : 0;
    events.ifPresent(
        name -> all.add(new EventsBeside(outside, directory.resolve(name), since, unit)));
    endpoint.ifPresent(address -> all.add(new PageBeside(outside, address, nanos)));
    return Beside.of(all);
  }

  private static Function<byte[], List<Found>> named(LogMetrics reader) {
    return bytes ->
        reader.take(bytes).stream()
            .map(found -> new Found(FILE, found.line(), found.sighting()))
            .toList();
  }

  /** Whether a form of that name is one of a log's lines. */
  public static boolean isPrinted(String form) {
    return !List.of(CALLS, LOG, FILE, EVENTS, PAGE).contains(form);
  }

  /** Whether a length is told in another place than a metric, at the same step. */
  public static boolean isJoinedByStep(String form) {
    return isCall(form) || form.equals(EVENTS);
  }

  /** Whether a form of that name is a call of any kind. */
  public static boolean isCall(String form) {
    return form.equals(CALLS) || form.equals(LOG);
  }
}
