package ferry.cli;

import ferry.cli.client.Home;
import ferry.cli.client.Program;
import ferry.cli.terminal.Output;
import ferry.cli.terminal.TerminalSize;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What surrounds a command: the environment and directory where it was typed, and the ends of its
 * pipes.
 *
 * @param directory the working directory, absolute
 * @param zone of times that are shown; loading it takes longer than most commands want
 */
public record Shell(
    Map<String, String> environment,
    Path directory,
    InputStream in,
    Output out,
    Output err,
    Clock clock,
    Supplier<ZoneId> zone,
    Program program) {

  public Home home() {
    return Home.of(environment, directory);
  }

  public String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  public long now() {
    return clock.millis();
  }

  /** The terminal's size; asked for each time. */
  TerminalSize size() {
    return TerminalSize.ask(environment);
  }

  /** How wide a table may be: 0, which is as wide as it likes, where no person reads it. */
  int columns() {
    return out.isTerminal() ? size().columns() : 0;
  }
}
