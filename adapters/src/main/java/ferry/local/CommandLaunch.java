package ferry.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Everything a launcher needs to start an attempt.
 *
 * @param attempt its name, {@code run/step/number}, put into {@code FERRY_ATTEMPT}
 * @param directory where claim, log and exit file go, relative to the home or absolute; made with
 *     mode 0700
 * @param workingDirectory where the command runs; absolute
 * @param command the program and its arguments; a program without a slash is looked for on the PATH
 *     of its environment
 * @param environment the id of a base environment, from {@link LauncherProcess#environment}
 * @param additions {@code NAME=VALUE}, each in place of the base environment's entry of that name
 * @param timeout how long it may run; zero for as long as it likes
 * @param grace the time between TERM and KILL when it is ended
 * @param memoryLimitBytes how much memory its processes may use together; 0 for as much as they
 *     like
 * @param secrets texts that are masked in the log
 */
public record CommandLaunch(
    String attempt,
    Path directory,
    Path workingDirectory,
    List<String> command,
    int environment,
    List<String> additions,
    Duration timeout,
    Duration grace,
    long memoryLimitBytes,
    List<String> secrets) {

  /**
   * Checks that there is a command and that no text holds a zero byte, which no process can be
   * given.
   */
  public CommandLaunch {
    command = List.copyOf(command);
    additions = List.copyOf(additions);
    secrets = List.copyOf(secrets);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("no command to start for " + attempt);
    }
    for (List<String> texts : List.of(command, additions)) {
      for (String text : texts) {
        if (text.indexOf('\0') >= 0) {
          throw new IllegalArgumentException(
              "the command or environment of " + attempt + " holds a zero byte");
        }
      }
    }
  }
}
