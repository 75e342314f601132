package ferry.query;

/**
 * What a clause or an order is about: {@code metrics.loss}, {@code tags.`my tag`}, {@code status}.
 */
public record Field(Kind kind, String key) {

  /** Where its value comes from. */
  public enum Kind {
    ATTRIBUTE,
    METRIC,
    PARAM,
    TAG,
    DATASET;

    /** As it is written in a filter. */
    public String word() {
      return this == PARAM ? "parameter" : name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public static Field attribute(String key) {
    return new Field(Kind.ATTRIBUTE, key);
  }

  @Override
  public String toString() {
    return kind.word() + "." + key;
  }
}
