package ferry.search;

/** Which values of the metric are better. */
public enum Goal {
  MINIMIZE,
  MAXIMIZE;

  /**
   * The value as a loss, of which less is better. What is no number, and infinities of either sign,
   * are infinitely bad.
   */
  public double loss(double value) {
    if (!Double.isFinite(value)) {
      return Double.POSITIVE_INFINITY;
    }
    return this == MINIMIZE ? value : -value;
  }

  /** The value whose loss this is; NaN for an infinite loss. */
  public double value(double loss) {
    if (!Double.isFinite(loss)) {
      return Double.NaN;
    }
    return this == MINIMIZE ? loss : -loss;
  }
}
