package ferry.cli.terminal;

/** The few colours in use, as every terminal has them. */
public enum Colour {
  NONE(""),
  BOLD("1"),
  DIM("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  CYAN("36");

  private final String code;

  Colour(String code) {
    this.code = code;
  }

  /** What the state of a run or step is painted in. */
  public static Colour ofState(String state) {
    return switch (state) {
      case "succeeded" -> GREEN;
      case "failed", "lost" -> RED;
      case "stopped", "stopping" -> YELLOW;
      case "running", "starting" -> CYAN;
      case "waiting", "skipped" -> DIM;
      default -> NONE;
    };
  }

  String around(String text) {
    return this == NONE || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
