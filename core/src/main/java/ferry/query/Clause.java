package ferry.query;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** One condition of a filter; a filter holds where all of its clauses do. */
public record Clause(Field field, Operator operator, Operand operand) {

  /** Whether it holds for a text, or for a thing that has none. */
  public boolean holds(Optional<String> value) {
    if (value.isEmpty()) {
      return operator == Operator.IS_NULL;
    }
    return switch (operator) {
      case IS_NULL -> false;
      case IS_NOT_NULL -> true;
      case IN -> texts().texts().contains(value.get());
      case NOT_IN -> !texts().texts().contains(value.get());
      case LIKE -> like(text(), 0).matcher(value.get()).matches();
      case ILIKE ->
          like(text(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
              .matcher(value.get())
              .matches();
      case EQUAL, NOT_EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL ->
          operator.holds(value.get().compareTo(text()));
    };
  }

  /** Whether it holds for a number, or for a thing that has none. What is no number is unequal. */
  public boolean holds(OptionalDouble value) {
    if (value.isEmpty()) {
      return operator == Operator.IS_NULL;
    }
    double number = value.getAsDouble();
    if (operator == Operator.IS_NULL || operator == Operator.IS_NOT_NULL) {
      return operator == Operator.IS_NOT_NULL;
    }
    return Double.isNaN(number)
        ? operator == Operator.NOT_EQUAL
        : operator.holds(Double.compare(number + 0.0, number()));
  }

  public double number() {
    return switch (operand) {
      case Operand.Real(var number) -> number + 0.0;
      case Operand.Text _, Operand.Texts _, Operand.None _ ->
          throw new IllegalStateException(field + " is compared with no number");
    };
  }

  public String text() {
    return switch (operand) {
      case Operand.Text(var text) -> text;
      case Operand.Real _, Operand.Texts _, Operand.None _ ->
          throw new IllegalStateException(field + " is compared with no text");
    };
  }

  public Operand.Texts texts() {
    return switch (operand) {
      case Operand.Texts texts -> texts;
      case Operand.Text _, Operand.Real _, Operand.None _ ->
          throw new IllegalStateException(field + " is compared with no list");
    };
  }

  private static Pattern like(String pattern, int flags) {
    var regex = new StringBuilder();
    pattern
        .codePoints()
        .forEach(c -> {
          switch (c) {
            case '%' -> regex.append(".*");
            case '_' -> regex.append('.');
            default -> regex.append(Pattern.quote(Character.toString(c)));
          }
        });
    return Pattern.compile(regex.toString(), flags | Pattern.DOTALL);
  }
}
