package ferry.cli;

import java.util.List;

/**
 * Runs one command of each kind in this one process, so that the JVM can put what they load and
 * link into an AOT cache. Against a home and a server of its own, and one that it starts: {@code
 * launcher/bin/aot.sh}.
 */
final class Training {
  private static final List<String> SEARCH =
      List.of(
          "search",
          "echo loss={x}",
          "--param=x=0.0..1",
          "--metric=loss",
          "--minimize",
          "--trials=8",
          "--parallel=2");
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("--help"),
          List.of("help", "run"),
          List.of("explain", "true >> [true, true] >> true"),
          List.of("run", "--dry-run", "true >> true"),
          List.of("runs"),
          List.of("run", "true"),
          List.of("run", "echo hello >> false"),
          List.of("run", "--detach", "true"),
          List.of("show"),
          List.of("show", "-o", "json"),
          List.of("logs"),
          List.of("runs"),
          List.of("runs", "-o", "json"),
          SEARCH,
          List.of("trials"),
          List.of("run", "a >> >> b"),
          List.of("server", "stop"),
          List.of("runs"),
          List.of("server", "stop"));

  private Training() {}

  public static void main(String[] args) {
    for (var command : COMMANDS) {
      Main.run(command.toArray(String[]::new), ProcessShell.of());
    }
    Runtime.getRuntime().halt(0);
  }
}
