package ferry.kubernetes.capture;

/**
 * Something of the notebook that no step gets.
 *
 * @param what names it, as in {@code the container `istio-proxy`}
 * @param why one clause without a full stop
 */
public record LeftBehind(String what, String why) {
  @Override
  public String toString() {
    return what + ": " + why;
  }
}
