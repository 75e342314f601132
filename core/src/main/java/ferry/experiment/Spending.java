package ferry.experiment;

import java.time.Instant;
import java.util.Optional;

/** What an experiment has used up of its budget. */
final class Spending {
  private final Budget budget;
  private Instant begun = Instant.EPOCH;
  private double units;

  Spending(Budget budget) {
    this.budget = budget;
  }

  void begins(Instant at) {
    begun = at;
  }

  /** A trial has trained on, from one length to another. */
  void trained(double before, double now) {
    units += Math.max(0, now - before);
  }

  /** What of it is used up, in words; empty while nothing is. */
  Optional<String> usedUp(Instant now) {
    if (budget.units().isPresent() && units >= budget.units().getAsLong()) {
      return Optional.of("%,d units of training are used up".formatted(budget.units().getAsLong()));
    }
    return deadline().filter(end -> !now.isBefore(end)).map(_ -> "its time is up");
  }

  /** When its time is up. */
  Optional<Instant> deadline() {
    return budget.time().map(begun::plus);
  }
}
