package ferry.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The progress of Keras: {@code 6/6 - 0s - 5ms/step - accuracy: 0.47 - val_loss: 0.73}, with bars
 * or without. Only the end of an epoch counts: before it the numbers are running means.
 */
final class KerasLines implements LineForm {
  private static final Pattern EPOCH = Pattern.compile("Epoch (\\d{1,15}+)/\\d++");
  private static final Pattern PROGRESS =
      Pattern.compile(
          "(\\d{1,15}+)/(\\d{1,15}+|Unknown)\\b.*?(?:\\d(?:s|ms|us)/(?:step|sample|epoch)|\\ds)"
              + "(( - [\\w./@-]++: \\S++)*+)");
  private static final Pattern PAIR =
      Pattern.compile(" - ([\\w./@-]++): (" + NumberText.NUMBER + ")");

  private OptionalLong epoch = OptionalLong.empty();

  @Override
  public String name() {
    return "Keras";
  }

  @Override
  public Optional<List<Sighting>> read(String line) {
    var begins = EPOCH.matcher(line);
    if (begins.matches()) {
      epoch = OptionalLong.of(Long.parseLong(begins.group(1)));
      return Optional.empty(); // others say it so too
    }
    if (line.isEmpty()
        || !Character.isDigit(line.charAt(0))
        || !line.contains("s - ") && !line.contains("/step")) {
      return Optional.empty();
    }
    var progress = PROGRESS.matcher(line);
    if (!progress.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        progress.group(1).equals(progress.group(2)) ? pairs(progress.group(3)) : List.of());
  }

  private List<Sighting> pairs(String text) {
    var found = new ArrayList<Sighting>();
    var pair = PAIR.matcher(text);
    while (pair.find()) {
      found.add(Sighting.in(epoch, pair.group(1), NumberText.value(pair.group(2))));
    }
    return found;
  }
}
