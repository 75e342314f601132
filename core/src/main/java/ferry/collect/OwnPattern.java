package ferry.collect;

import ferry.error.RequestError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Lines of a user's own form, by a regular expression. Groups may be named {@code name}, {@code
 * value} and {@code step}; else one group is the value, and of two the first is the name.
 */
final class OwnPattern implements LineForm {
  private final Pattern pattern;
  private final String metric;

  private OwnPattern(Pattern pattern, String metric) {
    this.pattern = pattern;
    this.metric = metric;
  }

  /**
   * A form.
   *
   * @param metric the name of what it finds where the expression has no group for the name
   * @throws ferry.error.UserException for an expression that cannot be read, or has no group
   */
  static OwnPattern of(String regex, String metric) {
    var pattern = compiled(regex);
    if (pattern.matcher("").groupCount() == 0) {
      var help = "put the number into parentheses: `accuracy is ([0-9.]+)`";
      throw new RequestError.BadRequest(
              "the pattern `" + regex + "` has no group for the value", List.of(help))
          .thrown();
    }
    return new OwnPattern(pattern, metric);
  }

  private static Pattern compiled(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      var at = e.getIndex() < 0 ? "" : ", character " + (e.getIndex() + 1);
      var message = "the pattern `" + regex + "` cannot be read: " + e.getDescription() + at;
      throw new RequestError.BadRequest(message, List.of()).thrown();
    }
  }

  @Override
  public String name() {
    return "own pattern";
  }

  @Override
  public Optional<List<Sighting>> read(String line) {
    var found = new ArrayList<Sighting>();
    try {
      var matcher = pattern.matcher(new PatientText(line));
      while (matcher.find()) {
        sighting(matcher).ifPresent(found::add);
      }
    } catch (PatientText.TooMuch _) {
      return Optional.empty(); // an expression that tries too many ways: the line is left aside
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  private Optional<Sighting> sighting(Matcher matcher) {
    var groups = pattern.namedGroups();
    int count = matcher.groupCount();
    int nameAt = groups.getOrDefault("name", groups.isEmpty() && count > 1 ? 1 : 0);
    int valueAt = groups.getOrDefault("value", groups.isEmpty() && count > 1 ? 2 : 1);
    var key = nameAt == 0 ? metric : matcher.group(nameAt);
    var text = matcher.group(valueAt);
    var value = NumberText.parse(text == null ? "" : text.strip());
    if (key == null || value.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Sighting(key, value.getAsDouble(), step(matcher)));
  }

  private OptionalLong step(Matcher matcher) {
    var at = pattern.namedGroups().get("step");
    var text = at == null ? null : matcher.group(at);
    return text == null || !text.matches("\\d{1,15}")
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(text));
  }
}
