package ferry.cli;

import ferry.cli.client.Client;
import ferry.cli.client.Json;
import ferry.cli.terminal.IsoTime;
import ferry.cli.terminal.SafeText;
import ferry.cli.terminal.Words;
import ferry.error.SearchError;
import ferry.workflow.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a search would cost by its preview: its share of training every trial whole, and how long it
 * would take at a time for each unit that was given, or measured in the last search of the same
 * command or definition.
 */
record SearchCost(double units, double time, double whole, boolean isInUnits, boolean isAtMost) {
  /** The method that stops trials by what others told, which nobody can foresee. */
  private static final String STOPS_UNFORESEEN = "median";

  /**
   * The time for a unit that was given.
   *
   * @throws ferry.error.UserException where it is none
   */
  static Optional<Duration> unitTime(Optional<String> given) {
    var time = given.map(text -> DurationText.parse("--unit-time", text));
    if (time.filter(Duration::isZero).isPresent()) {
      throw new SearchError.BadSetting(
              "--unit-time", given.orElse(""), "a duration above zero, like `10s`", List.of())
          .thrown();
    }
    return time;
  }

  static List<String> of(Json answer, Optional<Duration> unitTime, Session session) {
    double longest = 1;
    double trials = 0;
    boolean inUnits = true;
    for (var part : answer.list("preview")) {
      double count = part.number("trials").orElse(0);
      double length = part.number("length").orElse(1);
      inUnits &= part.number("length").isPresent();
      trials += count;
      longest = Math.max(longest, length);
    }
    double units = answer.decimal("units").orElse(0);
    double time = answer.decimal("time").orElse(0);
    boolean isAtMost = answer.text("method").equals(STOPS_UNFORESEEN);
    var cost = new SearchCost(units, time, trials * longest, inUnits, isAtMost);
    var lines = new ArrayList<String>();
    cost.share().ifPresent(lines::add);
    cost.time(answer, unitTime, session).ifPresent(lines::add);
    return lines;
  }

  private Optional<String> share() {
    return isInUnits && whole > 0
        ? Optional.of(
            "costs %s%,.0f units of training, %.0f %% of %,.0f for all trials in full"
                .formatted(isAtMost ? "at most " : "", units, 100 * units / whole, whole))
        : Optional.empty();
  }

  private Optional<String> time(Json answer, Optional<Duration> unitTime, Session session) {
    var known =
        unitTime
            .map(time -> new UnitTime(time.toMillis() / 1000.0, ""))
            .or(() -> measured(answer, session));
    if (known.isEmpty() || known.get().seconds() <= 0 || units <= 0) {
      return Optional.empty();
    }
    double seconds = known.get().seconds();
    var all = Words.duration((long) (1000 * seconds * time));
    var unit = isInUnits ? "a unit" : "a trial";
    return Optional.of(
        "takes about " + all + " at %.3g s %s%s".formatted(seconds, unit, known.get().how()));
  }

  /** What a unit takes, or a trial where nobody counts units, and how that is known. */
  private record UnitTime(double seconds, String how) {}

  /** As in the last search of the same that trained. */
  private Optional<UnitTime> measured(Json answer, Session session) {
    for (var like : answer.texts("like")) {
      var path = "/experiments/" + Client.encode(like) + "/trials?limit=200";
      var found = measured(session.client().get(path).list("trials"));
      if (found.isPresent()) {
        return Optional.of(new UnitTime(found.getAsDouble(), ", as in " + SafeText.line(like)));
      }
    }
    return Optional.empty();
  }

  private OptionalDouble measured(List<Json> trials) {
    double seconds = 0;
    double trained = 0;
    for (var trial : trials) {
      var from = IsoTime.millis(trial.text("created"));
      var to = IsoTime.millis(trial.text("ended"));
      double length = isInUnits ? trial.decimal("length").orElse(0) : 1;
      if (from.isPresent() && to.isPresent() && length > 0) {
        seconds += (to.getAsLong() - from.getAsLong()) / 1000.0;
        trained += length;
      }
    }
    return trained > 0 ? OptionalDouble.of(seconds / trained) : OptionalDouble.empty();
  }
}
