package ferry.collect;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The table in which Lightning shows the results of a test or a validation. */
final class LightningTable implements LineForm {
  private static final Pattern HEAD =
      Pattern.compile("[│┃|\\s]*+(?:Test|Validate|Runningstage\\.\\w++) metric\\s.*");
  private static final Pattern ROW =
      Pattern.compile("[│|\\s]*+([\\w./@-]++)[│|\\s]++(" + NumberText.NUMBER + ")[│|\\s]*+");
  private static final Pattern RULE = Pattern.compile("[─━═┏┓┗┛┡┩└┘┴┻╇┯┳┬├┤┼-]{3,}+");

  private boolean inside;

  @Override
  public String name() {
    return "Lightning";
  }

  @Override
  public Optional<List<Sighting>> read(String line) {
    if (HEAD.matcher(line).matches()) {
      inside = true;
      return Optional.of(List.of());
    }
    if (!inside) {
      return Optional.empty();
    }
    var row = ROW.matcher(line);
    if (row.matches()) {
      return Optional.of(List.of(Sighting.of(row.group(1), NumberText.value(row.group(2)))));
    }
    inside = RULE.matcher(line.strip()).matches();
    return inside ? Optional.of(List.of()) : Optional.empty();
  }
}
