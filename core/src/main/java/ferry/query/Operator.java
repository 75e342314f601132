package ferry.query;

/** How a value is compared. */
public enum Operator {
  EQUAL("="),
  NOT_EQUAL("!="),
  GREATER(">"),
  GREATER_OR_EQUAL(">="),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  LIKE("LIKE"),
  ILIKE("ILIKE"),
  IN("IN"),
  NOT_IN("NOT IN"),
  IS_NULL("IS NULL"),
  IS_NOT_NULL("IS NOT NULL");

  private final String word;

  Operator(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** Whether it compares sizes. */
  public boolean isOrder() {
    return switch (this) {
      case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> true;
      case EQUAL, NOT_EQUAL, LIKE, ILIKE, IN, NOT_IN, IS_NULL, IS_NOT_NULL -> false;
    };
  }

  boolean holds(int comparison) {
    return switch (this) {
      case EQUAL -> comparison == 0;
      case NOT_EQUAL -> comparison != 0;
      case GREATER -> comparison > 0;
      case GREATER_OR_EQUAL -> comparison >= 0;
      case LESS -> comparison < 0;
      case LESS_OR_EQUAL -> comparison <= 0;
      case LIKE, ILIKE, IN, NOT_IN, IS_NULL, IS_NOT_NULL ->
          throw new IllegalStateException(word + " compares no sizes");
    };
  }
}
