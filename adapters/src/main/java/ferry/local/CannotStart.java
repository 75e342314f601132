package ferry.local;

import ferry.error.UserException;

/** An attempt cannot start, for a reason in one sentence that names the way out. */
final class CannotStart extends Exception {
  private static final long serialVersionUID = 1;

  CannotStart(String words) {
    super(words, null, false, false);
  }

  /** For what a person can mend, with the first way out. */
  static CannotStart because(UserException words) {
    var help = words.error().help();
    return new CannotStart(words.getMessage() + (help.isEmpty() ? "" : ": " + help.getFirst()));
  }

  String words() {
    return String.valueOf(getMessage());
  }
}
