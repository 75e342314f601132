package ferry.submission;

import ferry.backend.Backend;
import ferry.backend.Checkpoints;
import ferry.backend.Code;
import ferry.backend.CodeKeeper;
import ferry.backend.GivenSecrets;
import ferry.backend.Origin;
import ferry.backend.Plan;
import ferry.backend.Timetable;
import ferry.error.RequestError;
import ferry.run.RunId;
import ferry.schedule.Scheduled;
import ferry.tracking.RunCatalog;
import ferry.tracking.RunRecord;
import ferry.workflow.Names;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Makes runs of what was asked for, each once: a request that comes again with the same key and
 * content finds the run that it made.
 */
public final class Submissions {
  private static final int MOST_FILES = 5;

  private final Map<String, Backend> backends;
  private final Supplier<String> defaultBackend;
  private final CodeKeeper code;
  private final RunCatalog catalog;
  private final InstantSource clock;

  /**
   * Submissions to some backends.
   *
   * @param backends by name
   * @param defaultBackend the one for requests that name none
   */
  public Submissions(
      Map<String, Backend> backends,
      Supplier<String> defaultBackend,
      CodeKeeper code,
      RunCatalog catalog,
      InstantSource clock) {
    this.backends = new TreeMap<>(backends);
    this.defaultBackend = defaultBackend;
    this.code = code;
    this.catalog = catalog;
    this.clock = clock;
  }

  /**
   * A run that was accepted.
   *
   * @param isNew whether this request made it, not an earlier one
   */
  public record Accepted(Plan plan, boolean isNew) {}

  /**
   * A run that repeats another.
   *
   * @param notes what is not as it was, in words
   */
  public record Rerun(Accepted accepted, List<String> notes) {}

  /** What the reading would become, without keeping anything. */
  public Plan preview(Reading reading) {
    return plan(reading, Code.UNKNOWN);
  }

  /** Exactly the place to run of that name. */
  public Backend backend(String name) {
    return backend(Optional.of(name));
  }

  /** Exactly the place to run that a plan names. */
  public Backend backend(Plan plan) {
    return backend(plan.backend());
  }

  /**
   * Makes a run of a reading; it is durable when this returns.
   *
   * @throws ferry.error.UserException where the id is taken by other content, or the place cannot
   *     run this
   */
  public Accepted submit(Reading reading) {
    var plan = plan(reading, Code.UNKNOWN);
    var known = catalog.find(plan.id());
    if (known.isPresent()) {
      return same(plan, known.get());
    }
    GivenSecrets.check(plan); // before its code is kept, the file that says it among it
    return hand(withCode(plan));
  }

  /**
   * The reading as a schedule keeps it: with the code as it is now. Where its place fires schedules
   * by itself, it does so from now on.
   *
   * @throws ferry.error.UserException where the place could not run it
   */
  public Scheduled schedule(Reading reading) {
    var checked = plan(reading, Code.UNKNOWN);
    backend(checked).check(checked);
    var plan = withCode(checked);
    return Scheduled.of(backend(plan).timetable(plan).keep(plan), plan.submitted());
  }

  /**
   * Hands a finished plan to its backend, unless it was handed over before.
   *
   * @throws ferry.error.UserException as for {@link #submit}
   */
  public Accepted submit(Plan plan) {
    var known = catalog.find(plan.id());
    return known.isPresent() ? same(plan, known.get()) : hand(plan);
  }

  /**
   * The same thing once more: command, parameters and environment of a run, and the code that lies
   * in its directory now.
   *
   * @param original with its environment
   * @param params values in place of the original's
   */
  public Rerun rerun(Plan original, String key, Map<String, String> params) {
    RunRequest.checkKey(key);
    Parameters.refuseUnknown(original.workflow(), params.keySet());
    var before = original.origin();
    var origin =
        new Origin(Origin.Kind.RERUN, before.text(), before.file(), Optional.of(original.id()));
    var workflow = original.workflow().withParams(params);
    var digest = new ContentDigest().add("rerun", original.digest()).addAll(params).hex();
    var id = RunId.of(workflow.name(), key);
    var known = catalog.find(id);
    var plan =
        new Plan(
            id,
            workflow,
            original.backend(),
            original.place(),
            origin,
            Code.UNKNOWN,
            digest,
            clock.instant(),
            setting(original));
    var accepted = known.isPresent() ? same(plan, known.get()) : hand(again(plan));
    return new Rerun(accepted, changes(original, accepted.plan()));
  }

  /** The run may have had a copy of its own, and works there once more. */
  private Plan again(Plan plan) {
    code.bringBack(Path.of(plan.place().directory()));
    return withCode(plan);
  }

  /**
   * Goes on with an ended run from what did not succeed.
   *
   * @throws ferry.error.UserException where nothing of it is left to do
   */
  public void retry(Plan plan) {
    code.bringBack(Path.of(plan.place().directory()));
    backend(plan).retry(plan.id());
  }

  /** What a place began by itself is not what a rerun is. */
  private static Map<String, String> setting(Plan original) {
    var setting = new LinkedHashMap<>(Checkpoints.own(original.setting()));
    setting.remove(Timetable.FIRED);
    return setting;
  }

  /** What the code of the second run has that differs from the first's. */
  private List<String> changes(Plan first, Plan second) {
    var before = first.code().snapshot();
    var now = second.code().snapshot();
    if (before.isEmpty() || now.isEmpty()) {
      return List.of("the code may have changed since " + first.id() + ": it was not kept");
    }
    if (before.equals(now)) {
      return List.of();
    }
    var files = code.diff(before.get(), now.get()).stream().map(CodeKeeper.Difference::path);
    var names = files.toList();
    var shown = String.join(", ", names.subList(0, Math.min(MOST_FILES, names.size())));
    var more =
        names.size() > MOST_FILES ? " and %,d more".formatted(names.size() - MOST_FILES) : "";
    return List.of("the code has changed since " + first.id() + ": " + shown + more);
  }

  /** Hands a finished plan to its backend, of which its caller knows that none is there yet. */
  Accepted hand(Plan plan) {
    backend(plan.backend()).submit(plan);
    return new Accepted(plan, true);
  }

  private static Accepted same(Plan plan, RunRecord known) {
    if (!known.plan().digest().equals(plan.digest())) {
      throw new RequestError.IdTaken(plan.id().value()).thrown();
    }
    return new Accepted(known.plan(), false);
  }

  private Plan plan(Reading reading, Code code) {
    var request = reading.request();
    backend(reading.backend());
    var setting = new TreeMap<>(reading.setting());
    setting.putAll(Wishes.read(request.wishes()).setting());
    return new Plan(
        RunId.of(reading.workflow().name(), request.key()),
        reading.workflow(),
        reading.backend().orElseGet(defaultBackend),
        request.place(),
        reading.origin(),
        code,
        request.digest(),
        clock.instant(),
        setting);
  }

  private Plan withCode(Plan plan) {
    return plan.withCode(code.keep(Path.of(plan.place().directory())));
  }

  private Backend backend(Optional<String> name) {
    var wanted = name.orElseGet(defaultBackend);
    var found = Optional.ofNullable(backends.get(wanted));
    return found.orElseThrow(() ->
        new RequestError.NotFound(
                "backend",
                wanted,
                Names.nearest(wanted, backends.keySet()),
                List.copyOf(backends.keySet()))
            .thrown());
  }
}
