package ferry.kubernetes.argo;

import ferry.workflow.Condition;
import ferry.workflow.PlainTemplate;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;

/**
 * A condition as Argo evaluates it, to the same end as {@link Condition#holds}: two numbers are
 * compared as numbers, all else as text; an order that is asked of a text is an error there too.
 *
 * @param known values that are known now
 * @param awaited how Argo calls a value that is still to come
 */
record ArgoCondition(Function<String, Optional<String>> known, Function<String, String> awaited)
    implements Condition.Language {
  private static final String NUMBER =
      "'^[+-]?(([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?|(?i:inf|infinity|nan))$'";

  /** What Argo is to make of it: its own expression, in its own braces. */
  static String of(
      Condition condition,
      Function<String, Optional<String>> known,
      Function<String, String> awaited) {
    return "{{=" + condition.in(new ArgoCondition(known, awaited)) + "}}";
  }

  @Override
  public String compare(PlainTemplate left, String sign, PlainTemplate right) {
    var a = operand(left);
    var b = operand(right);
    return switch (sign) {
      case "==" -> same(a, b);
      case "!=" -> not(same(a, b));
      default -> "(float(trim(%s)) %s float(trim(%s)))".formatted(a, sign, b);
    };
  }

  private static String same(String a, String b) {
    var numbers = isNumber(a) + " && " + isNumber(b);
    var equal = "float(trim(%s)) == float(trim(%s))".formatted(a, b);
    var none = isNone(a) + " && " + isNone(b);
    return "(%s ? (%s || %s) : %s == %s)".formatted(numbers, none, equal, a, b);
  }

  private static String isNumber(String text) {
    return "trim(%s) matches %s".formatted(text, NUMBER);
  }

  private static String isNone(String text) {
    return "lower(trim(%s)) endsWith 'nan'".formatted(text);
  }

  /** A text in Argo's expressions; values travel encoded, and are compared so. */
  private String operand(PlainTemplate text) {
    var parts = new ArrayList<String>();
    int from = 0;
    for (var placeholder : text.placeholders()) {
      literal(text.text().substring(from, placeholder.start()), parts);
      var name = placeholder.name();
      parts.add(
          known.apply(name).map(ArgoCondition::constant).orElseGet(() -> awaited.apply(name)));
      from = placeholder.end();
    }
    literal(text.text().substring(from), parts);
    return parts.isEmpty() ? "''" : "(" + String.join(" + ", parts) + ")";
  }

  private static void literal(String text, ArrayList<String> parts) {
    if (!text.isEmpty()) {
      parts.add(constant(text));
    }
  }

  private static String constant(String text) {
    return "'" + ArgoText.encoded(text).replace("'", "\\'") + "'";
  }

  @Override
  public String not(String condition) {
    return "!" + condition;
  }

  @Override
  public String choice(String condition, String then, String otherwise) {
    return "(%s ? %s : %s)".formatted(condition, then, otherwise);
  }

  @Override
  public String always(boolean holds) {
    return Boolean.toString(holds);
  }
}
