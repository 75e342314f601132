package ferry.workflow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A text with placeholders that no shell reads: a variable's value, a file's name, an argument. The
 * values are put in as they are.
 */
public final class PlainTemplate {
  private final String text;
  private final List<Placeholder> placeholders;

  private PlainTemplate(String text, List<Placeholder> placeholders) {
    this.text = text;
    this.placeholders = List.copyOf(placeholders);
  }

  /** Finds the placeholders of a text; every text is good. */
  public static PlainTemplate parse(String text) {
    var found = new ArrayList<Placeholder>();
    for (int at = text.indexOf('{'); at >= 0; ) {
      var literal = Placeholder.literalAt(text, at);
      var placeholder = Placeholder.at(text, at);
      placeholder.ifPresent(found::add);
      int next =
          literal
              .map(name -> name.length() + 4)
              .orElse(placeholder.map(p -> p.end() - p.start()).orElse(1));
      at = text.indexOf('{', at + next);
    }
    return new PlainTemplate(text, found);
  }

  /** The text as written. */
  public String text() {
    return text;
  }

  /** In the order written. */
  public List<Placeholder> placeholders() {
    return placeholders;
  }

  /**
   * Refuses a placeholder that is none of the known names.
   *
   * @param source what the error calls this text
   */
  public void check(String source, Collection<String> known) {
    for (var placeholder : placeholders) {
      if (!known.contains(placeholder.name())) {
        throw placeholder.unknown(text, source, known);
      }
    }
  }

  /**
   * The text with its values; <code>{{name}}</code> becomes {@code {name}}.
   *
   * @throws ferry.error.UserException for a placeholder without a value
   */
  public String render(Function<String, Optional<String>> values) {
    return rendered(
        placeholder ->
            values
                .apply(placeholder.name())
                .orElseThrow(() -> placeholder.unknown(text, OneLiner.SOURCE, List.of())),
        _ -> true);
  }

  /**
   * An argument that was given as it is: only what names a value is replaced, <code>{{name}}</code>
   * included (by {@code {name}}), and all other braces stay as they are.
   */
  public static String renderKnown(String text, Function<String, Optional<String>> values) {
    return parse(text)
        .rendered(
            placeholder -> values.apply(placeholder.name()).orElse("{" + placeholder.name() + "}"),
            name -> values.apply(name).isPresent());
  }

  private String rendered(Function<Placeholder, String> value, Function<String, Boolean> unescape) {
    var out = new StringBuilder();
    int from = 0;
    var next = placeholders.iterator();
    for (int at = text.indexOf('{'); at >= 0; at = text.indexOf('{', from)) {
      out.append(text, from, at);
      var literal = Placeholder.literalAt(text, at);
      var placeholder = Placeholder.at(text, at);
      if (literal.isPresent()) {
        var name = literal.get();
        out.append(unescape.apply(name) ? "{" + name + "}" : "{{" + name + "}}");
        from = at + name.length() + 4;
      } else if (placeholder.isPresent()) {
        out.append(value.apply(next.next()));
        from = placeholder.get().end();
      } else {
        out.append('{');
        from = at + 1;
      }
    }
    return out.append(text, from, text.length()).toString();
  }
}
