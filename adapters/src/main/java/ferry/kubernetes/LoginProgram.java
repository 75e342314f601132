package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The program that a user of a kubeconfig logs in by. The client goes on as nobody where it is not
 * there, and the cluster's refusal would then be all that is heard.
 */
final class LoginProgram {
  private static final Pattern BETWEEN = Pattern.compile(Pattern.quote(File.pathSeparator));

  private LoginProgram() {}

  /**
   * What is wrong with it, in words; empty where it can be found, or none is needed.
   *
   * @param path where programs are looked for, as in {@code PATH}
   * @throws IOException where the file cannot be read
   */
  static Optional<String> missing(Path kubeconfig, String context, String path) throws IOException {
    try (InputStream in = Files.newInputStream(kubeconfig)) {
      return exec(Serialization.unmarshal(in, Config.class), context)
          .filter(exec -> !isThere(exec.getCommand(), kubeconfig, path))
          .map(LoginProgram::words);
    }
  }

  private static Optional<ExecConfig> exec(Config config, String context) {
    return config.getContexts().stream()
        .filter(one -> context.equals(one.getName()))
        .findFirst()
        .flatMap(one ->
            config.getUsers().stream()
                .filter(user -> one.getContext().getUser().equals(user.getName()))
                .findFirst())
        .map(NamedAuthInfo::getUser)
        .map(AuthInfo::getExec)
        .filter(exec -> exec.getCommand() != null);
  }

  private static boolean isThere(String command, Path kubeconfig, String path) {
    if (command.contains("/")) {
      return Files.isExecutable(kubeconfig.resolveSibling(command));
    }
    return BETWEEN
        .splitAsStream(path)
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
  }

  private static String words(ExecConfig exec) {
    var hint = exec.getInstallHint();
    return "its user logs in by `%s`, which is not there%s"
        .formatted(exec.getCommand(), hint == null ? "" : ": " + hint.strip());
  }
}
