package ferry.format;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A value of a YAML text, with its place; scalars keep the text that was written. */
sealed interface Node {

  /** Where it stands. */
  Span span();

  /** What it is, as one says it in an error. */
  String described();

  /**
   * A single value.
   *
   * @param plain whether it was written without quotes, so that YAML would guess a type for it
   */
  record Scalar(Span span, String text, boolean plain) implements Node {
    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
    private static final Pattern NUMBER =
        Pattern.compile(
            "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+"
                + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final int LONGEST_SHOWN = 60;

    boolean isNothing() {
      return plain && NOTHING.contains(text);
    }

    boolean isNumber() {
      return plain && text.length() < 1000 && NUMBER.matcher(text).matches();
    }

    /** The truth value that it is in YAML 1.2's core schema. */
    Optional<Boolean> truth() {
      if (plain && TRUE.contains(text)) {
        return Optional.of(true);
      }
      return plain && FALSE.contains(text) ? Optional.of(false) : Optional.empty();
    }

    /** Its text as an error shows it: one line, not too long. */
    String shown() {
      var line = text.strip().replaceAll("\\s+", " ");
      return line.codePointCount(0, line.length()) <= LONGEST_SHOWN
          ? line
          : line.substring(0, line.offsetByCodePoints(0, LONGEST_SHOWN)) + "…";
    }

    @Override
    public String described() {
      if (isNothing()) {
        return "nothing";
      }
      return (isNumber()
              ? "the number `"
              : truth().isPresent() ? "the truth value `" : "the text `")
          + shown()
          + "`";
    }
  }

  record Sequence(Span span, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String described() {
      return "a list";
    }
  }

  record Mapping(Span span, List<Entry> entries) implements Node {
    public Mapping {
      entries = List.copyOf(entries);
    }

    Optional<Node> value(String key) {
      return entries.stream()
          .filter(entry -> entry.key().text().equals(key))
          .map(Entry::value)
          .findFirst();
    }

    boolean has(String key) {
      return value(key).isPresent();
    }

    @Override
    public String described() {
      return "a mapping";
    }
  }

  /** A key and its value. */
  record Entry(Scalar key, Node value) {}
}
