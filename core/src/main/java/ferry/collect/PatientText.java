package ferry.collect;

/**
 * A line that may be looked at only so often: an expression of a user's own that goes back over it
 * again and again ends here, and not never.
 */
final class PatientText implements CharSequence {
  private static final int MOST_LOOKS = 2_000_000;

  private final CharSequence text;
  private final int[] looks;

  PatientText(CharSequence text) {
    this(text, new int[1]);
  }

  private PatientText(CharSequence text, int[] looks) {
    this.text = text;
    this.looks = looks;
  }

  /** It was looked at too often. */
  static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooMuch() {
      super("an expression takes too long", null, false, false);
    }
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (++looks[0] > MOST_LOOKS) {
      throw new TooMuch();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new PatientText(text.subSequence(start, end), looks);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
