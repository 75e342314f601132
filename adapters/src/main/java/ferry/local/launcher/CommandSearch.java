package ferry.local.launcher;

import java.io.File;

/**
 * Finds commands on the PATH of the child's environment, as a shell would: not on the launcher's
 * own.
 */
final class CommandSearch {
  private static final int LONGEST_PATH = 4095;
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  private final Posix posix;

  CommandSearch(Posix posix) {
    this.posix = posix;
  }

  /**
   * The command's file, or an empty text if no directory on PATH has it. A command with a slash is
   * its own file.
   */
  String find(LaunchRequest request, Environment environment) {
    String command = request.arguments().texts()[0];
    if (command.indexOf('/') >= 0 || command.isEmpty()) {
      return command;
    }
    String added = Environment.value("PATH", request.additions().texts());
    if (!added.isEmpty()) {
      return search(command, added, request.workingDirectory());
    }
    String known = environment.commands().get(command);
    if (known != null) {
      return known;
    }
    String found = search(command, environment.value("PATH"), request.workingDirectory());
    if (found.startsWith("/")) {
      environment.commands().put(command, found);
    }
    return found;
  }

  private String search(String command, String path, String workingDirectory) {
    String directories = path.isEmpty() ? DEFAULT_PATH : path;
    int start = 0;
    while (start <= directories.length()) {
      int end = directories.indexOf(':', start);
      end = end < 0 ? directories.length() : end;
      String directory = directories.substring(start, end);
      String file = in(directory, workingDirectory) + "/" + command;
      if (file.length() <= LONGEST_PATH
          && posix.isExecutable(file)
          && !new File(file).isDirectory()) {
        return file;
      }
      start = end + 1;
    }
    return "";
  }

  private static String in(String directory, String workingDirectory) {
    if (directory.startsWith("/")) {
      return directory;
    }
    return directory.isEmpty() ? workingDirectory : workingDirectory + "/" + directory;
  }
}
