package ferry.query;

import ferry.query.Field.Kind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.TreeSet;

/** Reads {@code metrics.loss} for one kind of thing. */
final class FieldReader {
  private final Vocabulary vocabulary;
  private final String help;

  FieldReader(Vocabulary vocabulary, String help) {
    this.vocabulary = vocabulary;
    this.help = help;
  }

  Field filter(String word) {
    var field = field(word);
    if (field.kind() == Kind.ATTRIBUTE) {
      var known = new TreeSet<>(vocabulary.texts());
      known.addAll(vocabulary.numbers());
      check(field, known);
    }
    return field;
  }

  Field order(String word) {
    var field = field(word);
    if (field.kind() == Kind.DATASET) {
      throw bad("nothing can be ordered by a dataset");
    }
    if (field.kind() == Kind.ATTRIBUTE) {
      check(field, new TreeSet<>(vocabulary.orders()));
    }
    return field;
  }

  private void check(Field field, TreeSet<String> known) {
    if (!known.contains(field.key())) {
      throw bad(
          "Invalid attribute key '"
              + Lexer.shown(field.key())
              + "' specified. Valid keys are '"
              + known
              + "'");
    }
  }

  private Field field(String word) {
    int dot = word.startsWith("`") ? word.indexOf("`.") + 1 : word.indexOf('.');
    if (dot <= 0) {
      return attribute(bare(word));
    }
    var entity = bare(word.substring(0, dot));
    var kind =
        kind(entity)
            .filter(known -> known == Kind.ATTRIBUTE || vocabulary.kinds().contains(known))
            .orElseThrow(
                () -> bad("Invalid entity type '" + Lexer.shown(entity) + "'. " + valid()));
    var key = bare(word.substring(dot + 1));
    if (kind == Kind.ATTRIBUTE) {
      return attribute(key);
    }
    if (kind == Kind.DATASET && !key.matches("name|digest|context")) {
      throw bad(
          "Invalid dataset key '"
              + Lexer.shown(key)
              + "' specified. Valid keys are name, digest and context");
    }
    return new Field(kind, key);
  }

  private Field attribute(String key) {
    return Field.attribute(vocabulary.aliases().getOrDefault(key, key));
  }

  private String valid() {
    var kinds = EnumSet.of(Kind.ATTRIBUTE);
    kinds.addAll(vocabulary.kinds());
    return "Valid values are " + kinds.stream().map(Kind::word).toList();
  }

  private static Optional<Kind> kind(String word) {
    return switch (word) {
      case "metric", "metrics" -> Optional.of(Kind.METRIC);
      case "parameter", "parameters", "param", "params" -> Optional.of(Kind.PARAM);
      case "tag", "tags" -> Optional.of(Kind.TAG);
      case "attribute", "attributes", "attr", "run" -> Optional.of(Kind.ATTRIBUTE);
      case "dataset", "datasets" -> Optional.of(Kind.DATASET);
      default -> Optional.empty();
    };
  }

  private static String bare(String word) {
    boolean isQuoted =
        word.length() >= 2
            && (word.charAt(0) == '`' || word.charAt(0) == '"')
            && word.charAt(word.length() - 1) == word.charAt(0);
    return isQuoted ? word.substring(1, word.length() - 1) : word;
  }

  private RuntimeException bad(String message) {
    return Lexer.bad(message, help);
  }
}
