package ferry.query;

import java.util.List;

/** What a value is compared with. */
public sealed interface Operand {

  record Text(String text) implements Operand {}

  record Real(double number) implements Operand {}

  record Texts(List<String> texts) implements Operand {
    public Texts {
      texts = List.copyOf(texts);
    }
  }

  /** Nothing: the operator says it all. */
  record None() implements Operand {}
}
