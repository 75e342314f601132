package ferry.collect;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Where in its training a program says that it is: {@code Epoch 3/10}, {@code step=400}. */
final class Steps {
  private static final Pattern PLACE =
      Pattern.compile(
          "(?i)(?<![A-Za-z0-9_])(global_step|epoch|step|iteration|iter|round)s?+"
              + "(?:\\s*+[:=#]\\s*+|\\s++|\\s*+(?=[\\[(]))[\\[(]?+\\s*+(\\d{1,15}+)"
              + "(?:\\.0++)?+(?![\\d.])(?:\\s*+/\\s*+(\\d{1,15}+))?+");

  private static final Set<String> WORDS =
      Set.of("epoch", "epochs", "step", "steps", "global_step", "iteration", "iter", "round");

  private OptionalLong last = OptionalLong.empty();

  /** Whether a name is that of a place in the training, not of a metric. */
  static boolean isPlace(String name) {
    return WORDS.contains(name.substring(name.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT));
  }

  /** The place that a line names, else the one that an earlier line named. */
  OptionalLong of(String line) {
    var epoch = OptionalLong.empty();
    var step = OptionalLong.empty();
    long total = 0;
    var matcher = PLACE.matcher(line);
    while (matcher.find()) {
      long number = Long.parseLong(matcher.group(2));
      if (matcher.group(1).equalsIgnoreCase("epoch")) {
        epoch = OptionalLong.of(number);
      } else if (step.isEmpty()) {
        step = OptionalLong.of(number);
        total = matcher.group(3) == null ? 0 : Long.parseLong(matcher.group(3));
      }
    }
    last = joined(epoch, step, total);
    return last;
  }

  /** Steps that begin anew with each epoch are counted through where their number is known. */
  private OptionalLong joined(OptionalLong epoch, OptionalLong step, long total) {
    if (epoch.isPresent() && step.isPresent() && total > 0) {
      return OptionalLong.of(Math.max(0, epoch.getAsLong() - 1) * total + step.getAsLong());
    }
    return epoch.isPresent() ? epoch : step.isPresent() ? step : last;
  }
}
