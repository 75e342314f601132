package ferry.workflow;

import java.util.Locale;

/**
 * How the environment variables are named in which a step finds its parameters and the values of
 * earlier steps: {@code FERRY_PARAM_LEARNING_RATE} for {@code learning-rate}. Letters that no shell
 * takes in a name are written as their code points, so that names stay apart.
 */
public final class StepVariables {
  /** All values of a trial as JSON, where the step itself writes the file {@code FERRY_PARAMS}. */
  public static final String PARAMS_TEXT = "FERRY_PARAMS_TEXT";

  /** The run whose checkpoints a trial goes on from, where its step itself fetches them. */
  public static final String CHECKPOINT_OF = "FERRY_CHECKPOINT_OF";

  private static final String PARAMETER = "FERRY_PARAM_";
  private static final String VALUE = "FERRY_VALUE_";

  private StepVariables() {}

  /** The variable of a parameter, or of a variable of {@code foreach}. */
  public static String ofParameter(String name) {
    return PARAMETER + capitals(name);
  }

  /** The variable of a {@code step.value}. */
  public static String ofValue(String name) {
    return VALUE + capitals(name);
  }

  /** Whether a variable's name is one of these. */
  public static boolean isOne(String variable) {
    return variable.startsWith(PARAMETER) || variable.startsWith(VALUE);
  }

  private static String capitals(String name) {
    var capitals = new StringBuilder();
    name.toUpperCase(Locale.ROOT)
        .codePoints()
        .forEach(c -> {
          if (c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') {
            capitals.append((char) c);
          } else {
            capitals.append(c < 0x80 ? "_" : "U" + Integer.toHexString(c).toUpperCase(Locale.ROOT));
          }
        });
    return capitals.toString();
  }
}
