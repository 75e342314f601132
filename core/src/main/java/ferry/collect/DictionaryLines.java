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
    var pair = PAIR.matcher(line);
    while (pair.find()) {
      double value = NumberText.value(pair.group(2));
      var name = pair.group(1);
      if (!Steps.isPlace(name) || value < 0 || value >= 1e15) {
        found.add(Sighting.of(name, value));
      } else if (Steps.isEpoch(name)) {
        epoch = OptionalLong.of((long) Math.ceil(value - 1e-9));
        part = OptionalDouble.of(value > 0 ? 1 - epoch.getAsLong() + value : 1);
      } else if (step.isEmpty() || Steps.isGlobal(name)) {
        step = OptionalLong.of((long) Math.ceil(value - 1e-9));
      }
    }
    var place = Place.of(epoch, step).inPart(part);
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(found.stream().map(one -> one.at(place.said(), place)).toList());
  }
}
