package ferry.cli;

import ferry.cli.client.Json;
import ferry.cli.terminal.SafeText;

/** Prints what would run. */
final class Plans {
  private Plans() {}

  static void print(Json plan, String format, Session session) {
    session.printWarnings(plan);
    switch (format) {
      case "json" -> session.printJson(plan.get("objects"));
      case "yaml" ->
          session.out().print(SafeText.lines(plan.text("yaml").stripTrailing())).print("\n");
      default -> {
        for (var line : plan.texts("words")) {
          session.out().println(SafeText.lines(line));
        }
      }
    }
  }
}
