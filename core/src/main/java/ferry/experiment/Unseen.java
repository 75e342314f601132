package ferry.experiment;

import ferry.workflow.Names;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/** What is said of a trial that ran well and told no value of the metric. */
final class Unseen {
  private static final int MOST_NAMES = 5;

  private Unseen() {}

  /**
   * In one sentence.
   *
   * @param likely the last lines that looked as if they told one; of an endpoint, the names of its
   *     samples
   */
  static String words(Objective objective, List<String> likely) {
    var none = "no `" + objective.metric() + "` was seen";
    if (objective.endpoint().isPresent()) {
      return none + ofPage(objective, likely);
    }
    var place = objective.file().or(objective::events);
    if (place.isPresent()) {
      return none
          + " in `"
          + place.get()
          + "`, where alone it is looked for"
          + (likely.isEmpty() ? "" : "; the trial printed: " + quoted(likely));
    }
    return likely.isEmpty()
        ? none + ": it printed nothing"
        : none + " in what it printed; its last lines that looked like one: " + quoted(likely);
  }

  private static String ofPage(Objective objective, List<String> names) {
    var address = objective.endpoint().orElse("");
    return names.isEmpty()
        ? ": " + address + " did not answer with samples while the trial ran"
        : " at " + address + "; its samples: " + listed(objective.metric(), names);
  }

  private static String listed(String metric, List<String> names) {
    var near = new LinkedHashSet<String>();
    Names.nearest(metric, names).ifPresent(near::add);
    var word = metric.toLowerCase(Locale.ROOT);
    names.stream().filter(one -> one.toLowerCase(Locale.ROOT).contains(word)).forEach(near::add);
    near.addAll(names);
    var first = new ArrayList<>(near.stream().limit(MOST_NAMES).toList());
    int more = near.size() - first.size();
    return "`" + String.join("`, `", first) + "`" + (more > 0 ? " and " + more + " more" : "");
  }

  private static String quoted(List<String> lines) {
    return String.join(", ", lines.stream().map(line -> "“" + line + "”").toList());
  }
}
