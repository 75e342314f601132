package ferry.local;

/** An attempt cannot start, for a reason in one sentence that names the way out. */
final class CannotStart extends Exception {
  private static final long serialVersionUID = 1;

  CannotStart(String words) {
    super(words, null, false, false);
  }

  String words() {
    return String.valueOf(getMessage());
  }
}
