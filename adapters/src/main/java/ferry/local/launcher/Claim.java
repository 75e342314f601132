package ferry.local.launcher;

import java.util.Map;
import java.util.Optional;

/**
 * What an attempt's {@code claim} file says: who took the attempt, and which process it became. The
 * file is made exclusively before anything starts; its first lines are written at once, those of
 * the process after the start.
 *
 * @param launcher the launcher's id, which is the name of its file under {@code launchers/}
 * @param pid the attempt's first process, or 0 if the launcher did not come to write it down
 * @param start that process's start in clock ticks, or 0
 */
public record Claim(
    String launcher, long launcherPid, long launcherStart, Place place, long pid, long start) {

  /** The first lines of the claims that a launcher makes. */
  static String opening(String launcher, long launcherPid, long launcherStart, Place place) {
    return "launcher="
        + launcher
        + "\nlauncher-pid="
        + launcherPid
        + "\nlauncher-start="
        + launcherStart
        + "\nboot="
        + place.boot()
        + "\nnamespace="
        + place.namespace()
        + "\n";
  }

  /** The claim in such a text, or nothing if its first lines were not all written. */
  public static Optional<Claim> parse(String text) {
    Map<String, String> lines = Lines.parse(text);
    try {
      String namespace = lines.getOrDefault("namespace", "");
      return namespace.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Claim(
                  lines.getOrDefault("launcher", ""),
                  Long.parseLong(lines.getOrDefault("launcher-pid", "")),
                  Long.parseLong(lines.getOrDefault("launcher-start", "")),
                  new Place(lines.getOrDefault("boot", ""), namespace),
                  lines.containsKey("start") ? Long.parseLong(lines.getOrDefault("pid", "")) : 0,
                  Long.parseLong(lines.getOrDefault("start", "0"))));
    } catch (NumberFormatException notAClaim) {
      return Optional.empty();
    }
  }
}
