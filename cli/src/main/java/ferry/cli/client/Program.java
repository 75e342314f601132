package ferry.cli.client;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * This very program, as it was started: enough to start its server in the same way.
 *
 * @param dist the directory that holds {@code lib/ferry.jar}; empty where it runs from class files
 * @param build what tells this build from any other
 */
public record Program(Optional<Path> dist, String build, Optional<String> aotCache) {

  public static Program current() {
    return new Program(
        Optional.ofNullable(System.getProperty("ferry.home.dist")).map(Path::of),
        System.getProperty("ferry.build", "dev"),
        Optional.ofNullable(System.getProperty("ferry.aot.server")));
  }

  /** The release this is, or {@code in development} where it runs from class files. */
  public static String version() {
    var version = Program.class.getPackage().getImplementationVersion();
    return version == null ? "in development" : version;
  }

  /** The words that start its server: in a session of its own, so that no Ctrl-C reaches it. */
  List<String> serverCommand(Map<String, String> environment) {
    var words = new ArrayList<String>();
    var setsid = find("setsid", environment);
    if (setsid.isPresent()) {
      words.add(setsid.get());
    } else {
      words.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
    }
    words.add(System.getProperty("java.home") + "/bin/java");
    if (dist.isPresent()) {
      words.add("@" + dist.get().resolve("jvm/server"));
      aotCache.ifPresent(cache -> words.add("-XX:AOTCache=" + cache));
      aotCache.ifPresent(cache -> words.add("-Dferry.aot.server=" + cache));
      words.add("-Dferry.home.dist=" + dist.get());
    }
    words.add("-Dferry.build=" + build);
    words.add("-cp");
    words.add(
        dist.map(at -> at.resolve("lib/ferry.jar").toString())
            .orElse(System.getProperty("java.class.path")));
    words.addAll(List.of("ferry.cli.Main", "server", "--background"));
    return words;
  }

  /** Where a program lies on the {@code PATH}. */
  public static Optional<String> find(String name, Map<String, String> environment) {
    for (var directory :
        environment.getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator)) {
      var path = Path.of(directory.isEmpty() ? "." : directory, name);
      if (Files.isExecutable(path) && !Files.isDirectory(path)) {
        return Optional.of(path.toString());
      }
    }
    return Optional.empty();
  }
}
