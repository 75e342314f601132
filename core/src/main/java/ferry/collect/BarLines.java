package ferry.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Progress bars of tqdm with something behind the rate, which Lightning draws too: {@code Epoch 2:
 * 100%|███| 10/10 [00:00<00:00, 95.17it/s, train_loss=0.123]}. A bar over an epoch counts at its
 * end, any other with each step that it takes; where a line named an epoch before, within that.
 */
final class BarLines implements LineForm {
  private static final Pattern BAR =
      Pattern.compile(
          "(?:([^|]*?):)?+\\s*+\\d{1,3}%\\|[^|]*+\\|\\s*+(\\d{1,15}+)/(\\d{1,15}+)"
              + " \\[[^,\\]]*+(?:, *+[^,\\]]*+)??((?:, *+[^,=\\]]++=[^,\\]]++)*+)]");
  private static final Pattern PAIR =
      Pattern.compile("([\\w./@ -]++)=\\s*+(" + NumberText.NUMBER + ")(?=,|$)");
  private static final Pattern EPOCH = Pattern.compile("(?i).*\\bepoch\\D{0,3}+(\\d{1,15}+).*");

  private final Steps steps = new Steps();
  private String told = "";

  /** The newest full bar of an epoch: Lightning draws it again when validation is done. */
  private List<Sighting> full = List.of();

  @Override
  public String name() {
    return "tqdm";
  }

  @Override
  public Optional<List<Sighting>> read(String line) {
    var bar = BAR.matcher(line);
    if (line.indexOf('|') < 0 || line.indexOf('[') < 0 || !bar.lookingAt()) {
      steps.of(line);
      return Optional.empty();
    }
    var title = Optional.ofNullable(bar.group(1));
    return Optional.of(
        bar.group(4).isEmpty()
            ? List.of()
            : read(
                title, bar.group(4), Long.parseLong(bar.group(2)), Long.parseLong(bar.group(3))));
  }

  private List<Sighting> read(Optional<String> title, String pairs, long done, long total) {
    boolean isFull = done == total;
    var epoch = title.map(EPOCH::matcher).filter(Matcher::matches);
    if (epoch.isPresent()) {
      return ofEpoch(Long.parseLong(epoch.get().group(1)), pairs, isFull);
    }
    if (pairs.equals(told) && !isFull) {
      return List.of(); // drawn again, with what was known before
    }
    told = pairs;
    var at = steps.ofBar(done, total);
    return pairs(pairs, at.tracked(), at.place());
  }

  private List<Sighting> ofEpoch(long epoch, String pairs, boolean isFull) {
    boolean isNext = !full.isEmpty() && full.getFirst().step().orElse(epoch) != epoch;
    var ended = isNext ? end() : List.<Sighting>of();
    if (isFull) {
      var place = Place.ofEpoch(OptionalLong.of(epoch));
      full = pairs(pairs, place.said(), place);
    }
    return ended;
  }

  @Override
  public List<Sighting> end() {
    var last = full;
    full = List.of();
    return last;
  }

  private static List<Sighting> pairs(String text, OptionalLong step, Place place) {
    var found = new ArrayList<Sighting>();
    var pair = PAIR.matcher(text);
    while (pair.find()) {
      var key = pair.group(1).strip();
      if (!key.equals("v_num") && !key.isEmpty()) {
        var value = NumberText.value(pair.group(2));
        found.add(new Sighting(key, value, step, place));
      }
    }
    return found;
  }
}
