package ferry.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Anything that has {@code name=value} or {@code name: value} in it: {@code epoch=3 loss=0.2},
 * {@code Test accuracy: 0.97}, {@code Accuracy: 9896/10000 (99%)}.
 */
final class PairLines implements LineForm {
  private static final int MOST_WORDS = 5;
  private static final Set<String> LEVELS =
      Set.of("INFO", "DEBUG", "WARNING", "WARN", "ERROR", "TRACE", "root");

  /** How NumPy 2 and PyTorch show a number, in front of it. */
  private static final Pattern WRAPPING =
      Pattern.compile("(?:np\\.|numpy\\.|torch\\.)?(?:float\\d{2,3}|int\\d{1,2}|tensor)\\(");

  private static final Pattern TIME = Pattern.compile(" s(?:ec(?:onds?)?)?\\b");

  private final Steps steps = new Steps();

  @Override
  public String name() {
    return "name=value";
  }

  @Override
  public Optional<List<Sighting>> read(String line) {
    var at = steps.of(line);
    var found = new ArrayList<Sighting>();
    for (int i = 1; i < line.length() - 1; i++) {
      char c = line.charAt(i);
      if (c == '=' || c == ':') {
        pair(line, i).map(pair -> pair.at(at.tracked(), at.place())).ifPresent(found::add);
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  private static Optional<Sighting> pair(String line, int sign) {
    int from = sign + 1;
    while (from < line.length() && isBlank(line.charAt(from))) {
      from++;
    }
    var number = from == line.length() ? Optional.<Double>empty() : number(line, sign, from);
    if (number.isEmpty()) {
      return Optional.empty();
    }
    var name = name(line, sign, from > sign + 1);
    return name.isEmpty() || Steps.isPlace(name)
        ? Optional.empty()
        : Optional.of(Sighting.of(name, number.get()));
  }

  private static int unwrapped(String line, int from) {
    if (from == line.length() || !Character.isLetter(line.charAt(from))) {
      return from;
    }
    var wrapping = WRAPPING.matcher(line).region(from, line.length());
    return wrapping.lookingAt() ? wrapping.end() : from;
  }

  private static boolean isTime(String line, int end) {
    return line.startsWith(" s", end) && TIME.matcher(line).region(end, line.length()).lookingAt();
  }

  private static Optional<Double> number(String line, int sign, int from) {
    boolean quoted = line.charAt(from) == '"' || line.charAt(from) == '\'';
    int start = unwrapped(line, quoted ? from + 1 : from);
    var fraction = fraction(line, start);
    var found = fraction.isPresent() ? fraction : NumberText.at(line, start);
    if (found.isEmpty() || isTime(line, found.get().end())) {
      return Optional.empty();
    }
    boolean tight = from == sign + 1 && line.charAt(sign) == ':';
    boolean real = line.substring(start, found.get().end()).indexOf('.') >= 0;
    return tight && !real ? Optional.empty() : Optional.of(found.get().value());
  }

  /** {@code 9896/10000} is a share, as the examples of PyTorch print it. */
  private static Optional<NumberText.Found> fraction(String line, int from) {
    int slash = digits(line, from);
    if (slash == from || slash >= line.length() - 1 || line.charAt(slash) != '/') {
      return Optional.empty();
    }
    int end = digits(line, slash + 1);
    if (end == slash + 1 || end - from > 30 || !NumberText.endsAt(line, end)) {
      return Optional.empty();
    }
    double part = Double.parseDouble(line.substring(from, slash));
    double whole = Double.parseDouble(line.substring(slash + 1, end));
    return whole > 0 && part <= whole
        ? Optional.of(new NumberText.Found(part / whole, end))
        : Optional.empty();
  }

  private static int digits(String line, int from) {
    int end = from;
    while (end < line.length() && line.charAt(end) >= '0' && line.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /** The name before a sign: its last word, and before a sign with space around it those too. */
  private static String name(String line, int sign, boolean spaced) {
    int end = sign;
    while (end > 0 && isBlank(line.charAt(end - 1))) {
      end--;
    }
    boolean words = spaced && (line.charAt(sign) == ':' || end < sign);
    if (end > 0 && (line.charAt(end - 1) == '"' || line.charAt(end - 1) == '\'')) {
      end--;
      words = false;
    }
    int start = word(line, end);
    for (int more = 1; words && more < MOST_WORDS && start > 0; more++) {
      int before = start;
      while (before > 0 && line.charAt(before - 1) == ' ') {
        before--;
      }
      int next = before == start ? before : word(line, before);
      if (next == before || LEVELS.contains(line.substring(next, before))) {
        break;
      }
      start = next;
    }
    return start == end ? "" : line.substring(start, end);
  }

  /** Where the word begins that ends here; here itself where there is none. */
  private static int word(String line, int end) {
    int start = end;
    while (start > 0 && isOfWord(line.charAt(start - 1))) {
      start--;
    }
    while (start < end && !isFirstOfWord(line.charAt(start))) {
      start++;
    }
    boolean whole = start == 0 || !Character.isDigit(line.charAt(start - 1));
    return whole ? start : end;
  }

  private static boolean isOfWord(char c) {
    return Character.isLetterOrDigit(c) || "_-./@%'".indexOf(c) >= 0;
  }

  private static boolean isFirstOfWord(char c) {
    return Character.isLetter(c) || c == '_';
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
