package ferry.format;

import ferry.workflow.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The places in a trial's texts where Katib puts values in: {@code ${trialParameters.lr}}. */
final class KatibPlaces {
  private static final Pattern PLACE =
      Pattern.compile("\\$\\{trialParameters\\.([^}]*)}|\\$\\{(trial[^}]*)}|\\{([\\w.-]+)}");

  private final Map<String, String> references;
  private final List<String> warnings;
  private final Set<String> used = new HashSet<>();

  /** Places that stand for parameters of the search, by the trial's own names for them. */
  KatibPlaces(Map<String, String> references, List<String> warnings) {
    this.references = references;
    this.warnings = warnings;
  }

  /** The names that were seen so far. */
  Set<String> used() {
    return used;
  }

  /** A text with Ferry's placeholders in place of Katib's, and its other braces as they are. */
  String filled(Foreign at, String key, Node.Scalar text) {
    var filled = new StringBuilder();
    int end = 0;
    var found = PLACE.matcher(text.text());
    while (found.find()) {
      filled.append(text.text(), end, found.start());
      end = found.end();
      if (found.group(3) != null) {
        boolean isShells = found.start() > 0 && text.text().charAt(found.start() - 1) == '$';
        filled.append(isShells ? found.group() : "{" + found.group() + "}");
      } else {
        filled.append(value(at, key, text, found));
      }
    }
    return filled.append(text.text().substring(end)).toString();
  }

  private String value(Foreign at, String key, Node.Scalar text, MatchResult found) {
    var name = found.group(1);
    var reference = name == null ? null : references.get(name);
    if (reference == null) {
      var known =
          references.keySet().stream().map(one -> "${trialParameters." + one + "}").toList();
      var near = Names.nearest(found.group(), known).map(one -> "did you mean `" + one + "`?");
      var before = text.text().substring(0, found.start());
      throw at.badPart(
          text,
          before.codePointCount(0, before.length()),
          found.group().codePointCount(0, found.group().length()),
          key,
          "`" + found.group() + "`",
          "a name of `trialParameters`",
          near.orElse(
              known.isEmpty()
                  ? "declare it: `trialParameters: [{name: lr, reference: lr}]`"
                  : "there are " + String.join(", ", references.keySet())));
    }
    used.add(name);
    if (reference.startsWith("${")) {
      warnings.add("`" + reference + "` is empty here: a trial is no object of Kubernetes");
      return "";
    }
    return "{" + reference + "}";
  }
}
