package ferry.format;

import ferry.error.Location;
import ferry.error.UserException;

/** An error as a person is shown it: the sentence, the line with a caret under it, the ways out. */
final class Shown {
  private Shown() {}

  static String error(UserException e) {
    var shown = new StringBuilder("error: " + e.error().message() + "\n");
    e.location().ifPresent(place -> shown.append(line(place)));
    e.error().help().forEach(help -> shown.append("  ").append(help).append('\n'));
    return shown.toString();
  }

  private static String line(Location place) {
    var gap = " ".repeat(place.column() - 1);
    return "  --> %s:%d:%d\n  | %s\n  | %s%s\n"
        .formatted(
            place.source(),
            place.line(),
            place.column(),
            place.text(),
            gap,
            "^".repeat(place.length()));
  }
}
