package ferry.registry;

import java.util.Arrays;
import java.util.Optional;

/** Where a version stands, for clients that know no aliases. */
public enum Stage {
  NONE("None"),
  STAGING("Staging"),
  PRODUCTION("Production"),
  ARCHIVED("Archived");

  private final String word;

  Stage(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  public static Optional<Stage> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equalsIgnoreCase(word)).findFirst();
  }
}
