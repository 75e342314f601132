package ferry.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A dictionary of Python or an object of JSON on a line of its own: {@code {'eval_loss': 0.51,
 * 'epoch': 2.0}}, as the Trainer of HuggingFace prints it.
 */
final class DictionaryLines implements LineForm {
  private static final Pattern PAIR =
      Pattern.compile(
          "['\"]([^'\"{}:]{1,100}+)['\"]\\s*+:\\s*+['\"]?+(?:np\\.float\\d++\\()?+("
              + NumberText.NUMBER
              + ")\\)?+['\"]?+(?=\\s*+[,}])");

  /** HuggingFace's epochs end early where its steps are no divisor: they are evaluated at 0.99. */
  private static final double NEARLY = 0.9;

  private final String name;

  /**
   * A form of that name.
   *
   * @param name for people
   */
  DictionaryLines(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<List<Sighting>> read(String line) {
    if (!line.startsWith("{") || !line.endsWith("}")) {
      return Optional.empty();
    }
    var found = new ArrayList<Sighting>();
    var epoch = OptionalLong.empty();
    var step = OptionalLong.empty();
    var part = OptionalDouble.empty();
    boolean isEvaluation = false;
    var pair = PAIR.matcher(line);
    while (pair.find()) {
      double value = NumberText.value(pair.group(2));
      var name = pair.group(1);
      isEvaluation |= name.startsWith("eval_");
      if (!Steps.isPlace(name) || value < 0 || value >= 1e15) {
        found.add(Sighting.of(name, value));
      } else if (Steps.isEpoch(name)) {
        boolean isReal = pair.group(2).indexOf('.') >= 0;
        epoch = OptionalLong.of(Math.max(isReal ? 1 : 0, (long) Math.ceil(value - 1e-9)));
        part = isReal ? OptionalDouble.of(1 - epoch.getAsLong() + value) : OptionalDouble.empty();
      } else if (step.isEmpty() || Steps.isGlobal(name)) {
        step = OptionalLong.of((long) Math.ceil(value - 1e-9));
      }
    }
    boolean isWhole = isEvaluation && part.orElse(1) >= NEARLY;
    var place = Place.of(epoch, step).inPart(isWhole ? OptionalDouble.empty() : part);
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(found.stream().map(one -> one.at(place.said(), place)).toList());
  }
}
