package ferry.experiment;

import java.util.Comparator;

/**
 * An order of trials. A metric that is no number, or infinite in either direction, is worse than
 * all others, and none is worse still; where trials are alike, the earlier comes first.
 */
public enum TrialOrder {
  NUMBER,
  LOWEST,
  HIGHEST,
  LONGEST,
  STATE;

  Comparator<TrialRecord> comparator() {
    Comparator<TrialRecord> first =
        switch (this) {
          case NUMBER -> Comparator.comparingInt(TrialRecord::number);
          case LOWEST -> Comparator.comparingDouble(trial -> worth(trial, 1));
          case HIGHEST -> Comparator.comparingDouble(trial -> worth(trial, -1));
          case LONGEST -> Comparator.comparingDouble(trial -> -trial.length());
          case STATE -> Comparator.comparing(trial -> trial.state().word());
        };
    return first.thenComparingInt(TrialRecord::number);
  }

  /** Not-a-number comes last of all. */
  private static double worth(TrialRecord trial, double sign) {
    if (trial.metric().isEmpty()) {
      return Double.NaN;
    }
    double metric = trial.metric().getAsDouble();
    return Double.isFinite(metric) ? sign * metric : Double.POSITIVE_INFINITY;
  }
}
