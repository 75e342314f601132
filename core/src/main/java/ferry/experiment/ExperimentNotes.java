package ferry.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a person must know of an experiment besides its state: each thing once, and few of each. */
final class ExperimentNotes {
  /** So many paths are noted of an experiment; the logs of its trials name the others. */
  private static final int MOST_PATHS = 50;

  /** So many of one kind are shown. */
  private static final int SHOWN = 3;

  /** What the first trial printed in place of the metric. */
  private String unseen = "";

  /** What lies in the user's own directory and was written, and the trial that ran meanwhile. */
  private final Map<String, Integer> written = new LinkedHashMap<>();

  /** Trials that cannot be started now, and why. */
  private final Map<Integer, String> waiting = new TreeMap<>();

  ExperimentNotes() {}

  /** A trial ran to its end and told nothing of the metric. */
  void isSilent(int trial, String why) {
    unseen = unseen.isEmpty() ? "trial " + trial + ": " + why : unseen;
  }

  /** That the metric was not seen, where no trial has told it. */
  String unseen() {
    return unseen;
  }

  /** Whether a path is to be noted: it is not yet, and there is room. */
  boolean isNews(String path) {
    return !written.containsKey(path) && written.size() < MOST_PATHS;
  }

  void wrote(int trial, String path) {
    written.putIfAbsent(path, trial);
  }

  /** A trial cannot be started now; where nothing is said it waits no longer. */
  void waits(int trial, String why) {
    if (why.isEmpty()) {
      waiting.remove(trial);
    } else {
      waiting.put(trial, why);
    }
  }

  /** Why a trial cannot be started now, where it cannot. */
  Optional<String> delay(int trial) {
    return Optional.ofNullable(waiting.get(trial));
  }

  /** In plain sentences. */
  List<String> words() {
    var words = new ArrayList<String>();
    waiting.forEach((trial, why) -> words.add("trial " + trial + " waits to be started: " + why));
    var kept = shortened(words);
    var paths = new ArrayList<String>();
    written.forEach((path, trial) ->
        paths.add(Written.words(path, "trial " + trial + " ran", Written.By.TRIAL)));
    kept.addAll(shortened(paths));
    return kept;
  }

  private static List<String> shortened(List<String> words) {
    int more = words.size() - SHOWN;
    var some = new ArrayList<>(words.subList(0, Math.min(SHOWN, words.size())));
    if (more > 0) {
      some.add("and %,d more like that".formatted(more));
    }
    return some;
  }
}
