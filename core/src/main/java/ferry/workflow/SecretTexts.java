package ferry.workflow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What must not be seen of some secrets: their values whole and line by line, and each of these as
 * shells, JSON and Python print it. A line of fewer than {@value #SHORTEST} characters is only
 * hidden together with its neighbours: alone it would hide half of every log.
 */
public final class SecretTexts {
  /** Fewer characters than these are no secret: whatever hides them hides everything. */
  public static final int SHORTEST = 4;

  public static final SecretTexts NONE = new SecretTexts(Map.of());

  private static final String MASK = "***";

  /** The name of its variable by each text, the longest texts first. */
  private final Map<String, String> variables = new LinkedHashMap<>();

  /**
   * The texts of such secrets.
   *
   * @param values each with the name of its variable
   */
  public SecretTexts(Map<String, String> values) {
    var found = new LinkedHashMap<String, String>();
    values.forEach(
        (value, variable) -> forms(value).forEach(form -> found.putIfAbsent(form, variable)));
    found.entrySet().stream()
        .sorted(Comparator.comparingInt(each -> -each.getKey().length()))
        .forEach(each -> variables.put(each.getKey(), each.getValue()));
  }

  /** Whether so short a value can be hidden at all. */
  public static boolean isTooShort(String value) {
    return value.strip().length() < SHORTEST;
  }

  private static List<String> forms(String value) {
    var parts = new ArrayList<>(List.of(value.strip()));
    value.lines().map(String::strip).forEach(parts::add);
    return parts.stream()
        .flatMap(part ->
            Stream.of(
                part,
                unquoted(part),
                escaped(part, '"'),
                escaped(part, '\''),
                part.replace("'", "'\\''")))
        .filter(form -> form.length() >= SHORTEST)
        .distinct()
        .toList();
  }

  /** As {@code echo $VALUE} prints it. */
  private static String unquoted(String text) {
    return text.replaceAll("[ \t\r\n]+", " ");
  }

  /** As JSON has it between its quotes, or Python and a tracing shell between theirs. */
  private static String escaped(String text, char quote) {
    return text.replace("\\", "\\\\")
        .replace("" + quote, "\\" + quote)
        .replace("\r", "\\r")
        .replace("\n", "\\n")
        .replace("\t", "\\t");
  }

  /** All that is to be masked, the longest first. */
  public List<String> all() {
    return List.copyOf(variables.keySet());
  }

  /** A secret in a text: whose it is, and where it stands. */
  public record Found(String variable, int start) {}

  /** The first of them that is found in the text. */
  public Optional<Found> in(String text) {
    return variables.entrySet().stream()
        .filter(each -> text.contains(each.getKey()))
        .map(each -> new Found(each.getValue(), text.indexOf(each.getKey())))
        .findFirst();
  }

  /** The text with {@code ***} in their places. */
  public String masked(String text) {
    var masked = text;
    for (var secret : variables.keySet()) {
      masked = masked.replace(secret, MASK);
    }
    return masked;
  }
}
