package ferry.query;

import ferry.query.Field.Kind;
import ferry.query.Lexer.Piece;
import ferry.query.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads filters and orders as MLflow's clients write them. */
public final class FilterReader {
  private final String source;
  private final Vocabulary vocabulary;
  private final String help;
  private final List<Token> tokens;
  private int at;

  private FilterReader(String source, Vocabulary vocabulary, String help) {
    this.source = source;
    this.vocabulary = vocabulary;
    this.help = help;
    this.tokens = Lexer.tokens(source, help);
  }

  /**
   * The clauses of a filter, all of which must hold; none where it is blank.
   *
   * @throws ferry.error.UserException where it cannot be read, or asks for what is not there
   */
  public static List<Clause> filter(String source, Vocabulary vocabulary) {
    var reader = new FilterReader(source, vocabulary, vocabulary.filterExample());
    var clauses = new ArrayList<Clause>();
    while (reader.at < reader.tokens.size()) {
      if (!clauses.isEmpty()) {
        reader.expect("AND");
      }
      clauses.add(reader.clause());
    }
    return clauses;
  }

  /**
   * What {@code metrics.loss DESC} orders by.
   *
   * @throws ferry.error.UserException where it cannot be read, or asks for what is not there
   */
  public static Order order(String source, Vocabulary vocabulary) {
    var reader = new FilterReader(source, vocabulary, vocabulary.orderExample());
    var words = reader.tokens;
    boolean isGood =
        !words.isEmpty()
            && words.size() <= 2
            && (words.getFirst().type() == Piece.WORD || words.getFirst().type() == Piece.TEXT);
    if (!isGood) {
      throw reader.bad(
          "Invalid order_by clause '" + Lexer.shown(source) + "'. Could not be parsed");
    }
    boolean isDescending = words.size() == 2 && words.get(1).is("desc");
    if (words.size() == 2 && !isDescending && !words.get(1).is("asc")) {
      throw reader.bad("Invalid ordering key in order_by clause '" + Lexer.shown(source) + "'");
    }
    return new Order(
        new FieldReader(vocabulary, reader.help).order(words.getFirst().text()), !isDescending);
  }

  private Clause clause() {
    var word = next("a name");
    if (word.type() != Piece.WORD) {
      throw bad("Invalid clause(s) in filter string: '" + Lexer.shown(word.text()) + "'");
    }
    var field = new FieldReader(vocabulary, help).filter(word.text());
    var operator = operator();
    check(field, operator);
    return new Clause(field, operator, operand(field, operator));
  }

  private Operator operator() {
    var word = next("a comparison").text().toUpperCase(Locale.ROOT);
    return switch (word) {
      case "=" -> Operator.EQUAL;
      case "!=" -> Operator.NOT_EQUAL;
      case ">" -> Operator.GREATER;
      case ">=" -> Operator.GREATER_OR_EQUAL;
      case "<" -> Operator.LESS;
      case "<=" -> Operator.LESS_OR_EQUAL;
      case "LIKE" -> Operator.LIKE;
      case "ILIKE" -> Operator.ILIKE;
      case "IN" -> Operator.IN;
      case "NOT" -> {
        expect("IN");
        yield Operator.NOT_IN;
      }
      case "IS" -> {
        boolean isNot = at < tokens.size() && tokens.get(at).is("NOT");
        at += isNot ? 1 : 0;
        expect("NULL");
        yield isNot ? Operator.IS_NOT_NULL : Operator.IS_NULL;
      }
      default ->
          throw bad(
              "Invalid comparator '"
                  + Lexer.shown(word)
                  + "' in filter `"
                  + Lexer.shown(source)
                  + "`");
    };
  }

  private void check(Field field, Operator operator) {
    boolean fits =
        switch (field.kind()) {
          case METRIC -> isNumeric(operator);
          case PARAM, TAG -> isTextual(operator) || isNull(operator);
          case DATASET -> isTextual(operator) || isList(operator);
          case ATTRIBUTE ->
              isNumber(field) ? isNumeric(operator) : isTextual(operator) || isList(operator);
        };
    if (!fits) {
      throw bad("Invalid comparator '" + operator.word() + "' for " + Lexer.shown("" + field));
    }
    boolean mayBeList = field.kind() == Kind.DATASET || vocabulary.lists().contains(field.key());
    if (isList(operator) && !mayBeList) {
      throw bad("Only " + vocabulary.lists() + " attributes support a list of values");
    }
  }

  private boolean isNumber(Field field) {
    return field.kind() == Kind.METRIC
        || field.kind() == Kind.ATTRIBUTE && vocabulary.numbers().contains(field.key());
  }

  private static boolean isNumeric(Operator operator) {
    return operator == Operator.EQUAL || operator == Operator.NOT_EQUAL || operator.isOrder();
  }

  private static boolean isTextual(Operator operator) {
    return operator == Operator.EQUAL
        || operator == Operator.NOT_EQUAL
        || operator == Operator.LIKE
        || operator == Operator.ILIKE;
  }

  private static boolean isList(Operator operator) {
    return operator == Operator.IN || operator == Operator.NOT_IN;
  }

  private static boolean isNull(Operator operator) {
    return operator == Operator.IS_NULL || operator == Operator.IS_NOT_NULL;
  }

  private Operand operand(Field field, Operator operator) {
    if (isNull(operator)) {
      return new Operand.None();
    }
    if (isList(operator)) {
      return list();
    }
    var value = next("a value");
    if (isNumber(field)) {
      return new Operand.Real(number(field, value));
    }
    return new Operand.Text(text(field, value));
  }

  private double number(Field field, Token value) {
    try {
      if (value.type() == Piece.NUMBER) {
        return Double.parseDouble(value.text());
      }
    } catch (NumberFormatException _) {
      // worded below, as any other value that is no number
    }
    throw bad(
        "Expected numeric value type for "
            + Lexer.shown("" + field)
            + ". Found "
            + Lexer.shown(value.text()));
  }

  private String text(Field field, Token value) {
    if (value.type() != Piece.TEXT) {
      throw bad(
          "Expected a quoted string value for "
              + Lexer.shown("" + field)
              + " (e.g. 'my-value'). Got value "
              + Lexer.shown(value.text()));
    }
    return value.text();
  }

  private Operand list() {
    expect("(");
    var texts = new ArrayList<String>();
    do {
      var value = next("a quoted text");
      if (value.type() != Piece.TEXT) {
        throw bad("a list holds quoted texts; found " + Lexer.shown(value.text()));
      }
      texts.add(value.text());
    } while (isNext(","));
    expect(")");
    return new Operand.Texts(texts);
  }

  private boolean isNext(String sign) {
    boolean isNext = at < tokens.size() && tokens.get(at).is(sign);
    at += isNext ? 1 : 0;
    return isNext;
  }

  private void expect(String word) {
    var found = next(word);
    if (!found.is(word)) {
      throw bad(
          "Invalid clause(s) in filter string: '"
              + Lexer.shown(found.text())
              + "'; expected "
              + word);
    }
  }

  private Token next(String expected) {
    if (at == tokens.size()) {
      throw bad(
          "Invalid clause(s) in filter string: `"
              + Lexer.shown(source)
              + "` ends where "
              + expected
              + " belongs");
    }
    return tokens.get(at++);
  }

  private RuntimeException bad(String message) {
    return Lexer.bad(message, help);
  }
}
