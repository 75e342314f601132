package ferry.search;

/** A point and what came of it, as samplers see it. */
final class Sample {

  enum Status {
    PENDING,
    KNOWN,
    /** Ended, and nobody can say how good it was. */
    UNKNOWN
  }

  private final int index;
  private final double[] place;
  private final Status status;
  private final double loss;
  private final double length;

  Sample(int index, double[] place, Status status, double loss, double length) {
    this.index = index;
    this.place = place;
    this.status = status;
    this.loss = loss;
    this.length = length;
  }

  /** Its place in the history: among equals the older comes first. */
  int index() {
    return index;
  }

  /** In the unit cube, NaN for parameters that are not there; not to be changed. */
  double[] place() {
    return place;
  }

  Status status() {
    return status;
  }

  /** Less is better; infinite for what failed. */
  double loss() {
    return loss;
  }

  /** To which length it was trained. */
  double length() {
    return length;
  }
}
