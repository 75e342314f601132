package ferry.collect;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Where in its training a program says that it is: {@code Epoch 3/10}, {@code step=400}. */
final class Steps {
  private static final Pattern PLACE =
      Pattern.compile(
          "(?i)(?<![A-Za-z0-9_])(global_step|epoch|step|batch|iteration|iter|round)(s?+)"
              + "(?:\\s*+[:=#]\\s*+|\\s++|\\s*+(?=[\\[(]))[\\[(]?+\\s*+(\\d{1,15}+)"
              + "(?:\\.0++)?+(?![\\d.])(?:\\s*+/\\s*+(\\d{1,15}+))?+"
              + "(?:]?+\\s*+\\[\\s*+(\\d{1,15}+)\\s*+/\\s*+(\\d{1,15}+))?+");

  private static final Set<String> WORDS =
      Set.of(
          "epoch", "epochs", "step", "steps", "global_step", "batch", "iteration", "iter", "round");
  private static final String EPOCH = "epoch";
  private static final OptionalDouble NOTHING = OptionalDouble.empty();

  /**
   * What a line says.
   *
   * @param tracked the step at which its metrics are tracked
   */
  record Line(OptionalLong tracked, Place place) {}

  private static final Line NOWHERE = new Line(OptionalLong.empty(), Place.NOWHERE);

  private Line kept = NOWHERE;
  private long firstEpoch = 1;

  /** What stands in one line. */
  private static final class Names {
    private OptionalLong epoch = OptionalLong.empty();
    private OptionalLong step = OptionalLong.empty();

    /** How many steps an epoch has; 0 where it is not said. */
    private long total;

    private OptionalDouble part = OptionalDouble.empty();

    /** {@code epochs=10} tells how many there are to be, as often as not. */
    private boolean isPlural;
  }

  /** Whether a name is that of a place in the training, not of a metric. */
  static boolean isPlace(String name) {
    return unit(name).isPresent();
  }

  /** Whether a name of a place in the training is that of an epoch. */
  static boolean isEpoch(String name) {
    return unit(name).filter(word -> word.startsWith(EPOCH)).isPresent();
  }

  /** Whether a name is that of steps that are counted through, which count before others. */
  static boolean isGlobal(String name) {
    return unit(name).filter(word -> word.equals("global_step")).isPresent();
  }

  private static Optional<String> unit(String name) {
    return Optional.of(name.substring(name.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT))
        .filter(WORDS::contains);
  }

  /** The place that a line names, else the one that an earlier line named. */
  Line of(String line) {
    var names = names(line);
    if (names.epoch.isEmpty() && names.step.isEmpty()) {
      return kept;
    }
    if (names.epoch.orElse(1) == 0) {
      firstEpoch = 0;
    }
    var step = through(names);
    var said = names.epoch.isPresent() ? names.epoch : step;
    var epoch = names.epoch.isPresent() ? names.epoch : kept.place().epoch();
    var place = new Place(OptionalDouble.empty(), said, epoch, step, OptionalDouble.empty());
    var tracked = names.total > 0 ? step : said;
    if (!names.isPlural) {
      kept = new Line(tracked, place); // what a later line says is said at the end of an epoch
    }
    return new Line(tracked, place.inPart(names.epoch.isPresent() ? part(names) : NOTHING));
  }

  /**
   * The place of a bar that names none: within the epoch that a line named before, else by its own
   * count, of which nobody says the unit.
   */
  Line ofBar(long done, long total) {
    var names = new Names();
    names.epoch = kept.place().epoch();
    names.step = OptionalLong.of(done);
    names.total = total;
    var step = through(names);
    var place =
        names.epoch.isPresent()
            ? Place.of(names.epoch, step).inPart(part(names))
            : Place.ofAny(step);
    return new Line(step, place);
  }

  private static Names names(String line) {
    var names = new Names();
    var matcher = PLACE.matcher(line);
    while (matcher.find()) {
      long number = Long.parseLong(matcher.group(3));
      if (matcher.group(1).equalsIgnoreCase(EPOCH)) {
        names.epoch = OptionalLong.of(number);
        names.isPlural = !matcher.group(2).isEmpty() && matcher.group(4) == null;
        names.part = matcher.group(5) == null ? NOTHING : share(matcher.group(5), matcher.group(6));
      } else if (names.step.isEmpty() || isGlobal(matcher.group(1))) {
        names.step = OptionalLong.of(number);
        names.total = matcher.group(4) == null ? 0 : Long.parseLong(matcher.group(4));
      }
    }
    return names;
  }

  /** How much of an epoch is trained: {@code Epoch: 1 [640/60000]}, {@code Step [100/600]}. */
  private static OptionalDouble part(Names names) {
    return names.step.isPresent() && names.total > 0
        ? share(names.step.getAsLong(), names.total)
        : names.part;
  }

  private static OptionalDouble share(String done, String total) {
    return share(Long.parseLong(done), Long.parseLong(total));
  }

  private static OptionalDouble share(long done, long total) {
    return total > 0 ? OptionalDouble.of(Math.min(1, (double) done / total)) : NOTHING;
  }

  /** Steps that begin anew with each epoch are counted through where their number is known. */
  private OptionalLong through(Names names) {
    if (names.epoch.isPresent() && names.step.isPresent() && names.total > 0) {
      long before = Math.max(0, names.epoch.getAsLong() - firstEpoch);
      return OptionalLong.of(before * names.total + names.step.getAsLong());
    }
    return names.step;
  }
}
