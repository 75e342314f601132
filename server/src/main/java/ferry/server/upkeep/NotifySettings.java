package ferry.server.upkeep;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who is told of the end of runs.
 *
 * @param webhook an address that is sent a JSON object
 * @param command a line for the shell
 * @param onlyFailures whether runs that succeeded or were stopped are of no interest
 */
public record NotifySettings(
    Optional<String> webhook, Optional<String> command, boolean onlyFailures) {
  static final String WEBHOOK = "webhook";
  static final String COMMAND = "command";

  Set<String> targets() {
    var targets = new HashSet<String>();
    webhook.ifPresent(_ -> targets.add(WEBHOOK));
    command.ifPresent(_ -> targets.add(COMMAND));
    return targets;
  }
}
