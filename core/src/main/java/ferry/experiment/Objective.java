package ferry.experiment;

import ferry.collect.Collecting;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The metric that a search is about, and where it is read.
 *
 * @param metric its name as the user gave it; {@code step.name} is that of one step alone
 * @param length the metric that says how much of the training is done; the step where there is none
 * @param pattern a regular expression of the user's own, in place of the forms that are known
 * @param file a file that the script writes, relative to its directory, in place of its log
 * @param events a directory of TensorBoard's event files, relative to the script's directory
 * @param endpoint the address of a Prometheus endpoint that the script answers
 */
public record Objective(
    String metric,
    Optional<String> length,
    Optional<String> pattern,
    Optional<String> file,
    Optional<String> events,
    Optional<String> endpoint) {
  private static final Set<String> OF_TRAINING = Set.of("train", "training", "learn");
  private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int NO_MATCH = 0;
  private static final int LAST_WORDS = 1;
  private static final int SAME_WORDS = 2;
  private static final int SAME = 3;

  /** A metric that is read from what the script prints. */
  public static Objective printed(String metric) {
    return new Objective(
        metric,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether a printed name may be the metric's: it is the same, or ends in the same words. */
  public boolean matches(String step, String key) {
    return fit(step, key) > NO_MATCH;
  }

  /** Whether that is where it is to be read: where nothing is named, what comes first. */
  boolean isReadAs(String form) {
    if (file.isPresent()) {
      return form.equals(Collecting.FILE);
    }
    if (events.isPresent()) {
      return form.equals(Collecting.EVENTS);
    }
    return endpoint.isEmpty() || form.equals(Collecting.PAGE);
  }

  /** Whether no other name can be a better one. */
  boolean isExactly(String step, String key) {
    return fit(step, key) == SAME;
  }

  private int fit(String step, String key) {
    var own = step + ".";
    var wanted = metric.startsWith(own) ? metric.substring(own.length()) : metric;
    if (wanted.equals(key)) {
      return SAME;
    }
    var words = words(wanted);
    var found = words(key);
    if (words.equals(found)) {
      return SAME_WORDS;
    }
    boolean ends = key.indexOf('{') < 0 && found.endsWith(" " + words);
    return ends && !OF_TRAINING.contains(found.split(" ")[0]) ? LAST_WORDS : NO_MATCH;
  }

  /** {@code Test-Accuracy} and {@code test_accuracy} are the same words. */
  private static String words(String name) {
    return OTHERS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }
}
