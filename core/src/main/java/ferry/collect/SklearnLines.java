package ferry.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What estimators of scikit-learn print when they are asked to be verbose. */
final class SklearnLines implements LineForm {
  private static final Pattern ITERATION =
      Pattern.compile("Iteration (\\d{1,15}+), (loss|inertia) (?:= )?+(\\S+?)\\.?");
  private static final Pattern VALIDATION = Pattern.compile("(Validation score): (\\S++)");
  private static final Pattern EPOCH = Pattern.compile("-- Epoch (\\d{1,15}+)");
  private static final Pattern GRADIENT = Pattern.compile("Norm: .*, (Avg\\. loss): ([^\\s,]++).*");
  private static final Pattern TREES =
      Pattern.compile("\\[(\\d{1,15}+)/\\d++] \\d++ trees?+, (.*)");
  private static final Pattern LOSS =
      Pattern.compile("((?:train|val) (?:loss|score)): ([^\\s,]++)");
  private static final Pattern FOLD = Pattern.compile("\\[CV[ \\d/;]*+] END .*");
  private static final Pattern SCORE = Pattern.compile("\\bscore=(?:\\(.*?test=)?([^\\s,)]++)");
  private static final Pattern SCORES =
      Pattern.compile("(\\w++): \\((?:[^)]*, )?test=([^\\s,)]++)\\)");
  private static final Pattern HEAD = Pattern.compile("\\s++Iter\\s++Train Loss\\s++.*");
  private static final Pattern ROW = Pattern.compile("\\s*+(\\d{1,15}+)\\s++(\\S++)\\s++.*");

  private OptionalLong step = OptionalLong.empty();
  private boolean inTable;

  @Override
  public String name() {
    return "scikit-learn";
  }

  @Override
  public Optional<List<Sighting>> read(String line) {
    if (HEAD.matcher(line).matches()) {
      inTable = true;
      return Optional.of(List.of());
    }
    var row = ROW.matcher(line);
    if (inTable && row.matches()) {
      return numbered(row, row.group(2), "Train Loss");
    }
    inTable = false;
    return line.startsWith("[") ? bracket(line) : ofWords(line);
  }

  private Optional<List<Sighting>> ofWords(String line) {
    if (line.isEmpty() || "IV-N".indexOf(line.charAt(0)) < 0) {
      return Optional.empty();
    }
    var epoch = EPOCH.matcher(line);
    if (epoch.matches()) {
      step = OptionalLong.of(Long.parseLong(epoch.group(1)));
      return Optional.of(List.of());
    }
    var iteration = ITERATION.matcher(line);
    if (iteration.matches()) {
      return numbered(iteration, iteration.group(3), iteration.group(2));
    }
    var gradient = GRADIENT.matcher(line);
    if (gradient.matches()) {
      return one(gradient.group(2), gradient.group(1));
    }
    var validation = VALIDATION.matcher(line);
    return step.isPresent() && validation.matches()
        ? one(validation.group(2), validation.group(1))
        : Optional.empty();
  }

  private Optional<List<Sighting>> numbered(Matcher matcher, String number, String key) {
    step = OptionalLong.of(Long.parseLong(matcher.group(1)));
    return one(number, key);
  }

  private Optional<List<Sighting>> one(String number, String key) {
    var value = NumberText.parse(number);
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(List.of(new Sighting(key, value.getAsDouble(), step)));
  }

  private static Optional<List<Sighting>> bracket(String line) {
    var trees = TREES.matcher(line);
    if (trees.matches()) {
      var at = OptionalLong.of(Long.parseLong(trees.group(1)));
      return some(pairs(LOSS.matcher(trees.group(2)), at));
    }
    if (!FOLD.matcher(line).matches()) {
      return Optional.empty();
    }
    var found = pairs(SCORES.matcher(line), OptionalLong.empty());
    var score = SCORE.matcher(line);
    if (score.find()) {
      NumberText.parse(score.group(1)).ifPresent(value -> found.add(Sighting.of("score", value)));
    }
    return some(found);
  }

  private static Optional<List<Sighting>> some(List<Sighting> found) {
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  private static List<Sighting> pairs(Matcher matcher, OptionalLong step) {
    var found = new ArrayList<Sighting>();
    while (matcher.find()) {
      var key = matcher.group(1);
      NumberText.parse(matcher.group(2))
          .ifPresent(value -> found.add(new Sighting(key, value, step)));
    }
    return found;
  }
}
