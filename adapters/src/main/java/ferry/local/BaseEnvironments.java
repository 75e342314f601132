package ferry.local;

import ferry.backend.Plan;
import ferry.run.RunId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The base environments that the launcher knows: runs that were typed in the same shell share one,
 * so that no attempt hands over more than its own few variables. Used under one lock, together with
 * what is sent to the launcher.
 */
final class BaseEnvironments {
  private static final int MOST = 256;

  private final LauncherProcess launcher;
  private final Supplier<Optional<String>> url;
  private final Map<Wanted, Base> byRun = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<List<String>, Integer> ids = new LinkedHashMap<>(16, 0.75f, true);

  private record Wanted(RunId run, Optional<Path> python) {}

  /**
   * What the commands of a run start from.
   *
   * @param id the launcher's number for it
   * @param shell the shell that reads commands
   * @param shellIsPlain whether nothing in the environment gives that shell functions of its own
   * @param programs what can be started without that shell
   */
  record Base(
      int id, List<String> entries, String shell, boolean shellIsPlain, DirectPrograms programs) {}

  BaseEnvironments(LauncherProcess launcher, Supplier<Optional<String>> url) {
    this.launcher = launcher;
    this.url = url;
  }

  Base of(Plan plan, Optional<Path> python) {
    var wanted = new Wanted(plan.id(), python);
    var known = byRun.get(wanted);
    if (known != null && ids.get(known.entries) != null) {
      return known;
    }
    var typed = new TypedEnvironment(plan, url.get());
    var entries = List.copyOf(typed.entries(python));
    var base =
        new Base(
            id(entries), entries, typed.shell(), typed.shellIsPlain(), typed.programs(entries));
    byRun.put(wanted, base);
    forgetEldest();
    return base;
  }

  private int id(List<String> entries) {
    var known = ids.get(entries);
    int id = known == null ? launcher.environment(entries) : known;
    ids.put(entries, id);
    return id;
  }

  private void forgetEldest() {
    if (ids.size() > MOST) {
      var eldest = ids.entrySet().iterator().next();
      launcher.forgetEnvironment(eldest.getValue());
      ids.remove(eldest.getKey());
    }
    if (byRun.size() > MOST) {
      byRun.remove(byRun.keySet().iterator().next());
    }
  }
}
