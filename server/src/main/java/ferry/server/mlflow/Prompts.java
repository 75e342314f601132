package ferry.server.mlflow;

import ferry.query.Clause;
import ferry.query.Field;
import ferry.query.Operator;
import java.util.List;
import java.util.Map;

/**
 * Prompts, which MLflow's clients keep as models with a tag: lists show models or prompts, never
 * both, and models unless prompts are asked for.
 */
record Prompts(boolean areAsked, List<Clause> others) {
  private static final Field TAG = new Field(Field.Kind.TAG, "mlflow.prompt.is_prompt");

  /** What a filter says of prompts, and what else it says. */
  static Prompts of(List<Clause> clauses) {
    boolean asked = clauses.stream().filter(Prompts::isAboutPrompts).anyMatch(Prompts::asksForThem);
    return new Prompts(asked, clauses.stream().filter(clause -> !isAboutPrompts(clause)).toList());
  }

  private static boolean isAboutPrompts(Clause clause) {
    return clause.field().equals(TAG)
        && (clause.operator() == Operator.EQUAL || clause.operator() == Operator.NOT_EQUAL);
  }

  private static boolean asksForThem(Clause clause) {
    return clause.text().equalsIgnoreCase("true") == (clause.operator() == Operator.EQUAL);
  }

  /** Whether something with these tags belongs into the list. */
  boolean fits(Map<String, String> tags) {
    return tags.getOrDefault(TAG.key(), "false").equals("true") == areAsked;
  }
}
