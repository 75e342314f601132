package ferry.server;

import ferry.run.Capacity;
import ferry.run.RunStatus;
import ferry.server.http.JsonWriter;
import ferry.tracking.RunCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a server says of itself.
 *
 * @param broken why it decides nothing any more, if it does not
 * @param build the mark of the build that it runs, by which a command knows a server of another one
 */
public record ServerFacts(
    String version,
    String build,
    long pid,
    Path home,
    Instant started,
    Supplier<Capacity> capacity,
    Supplier<Optional<String>> broken,
    RunCatalog catalog) {

  private static final int MOST_COUNTED = 1000;

  void write(JsonWriter json, String url) throws IOException {
    var all = capacity.get();
    json.text("version", version)
        .text("build", build)
        .number("pid", pid)
        .text("home", home.toString())
        .text("url", url)
        .text("started", started.toString())
        .object(
            "capacity",
            room ->
                room.number("cpu", all.cpuMillis() / 1000.0)
                    .number("memoryBytes", all.memoryBytes())
                    .number("gpus", all.gpus()))
        .number("running", count(RunStatus.RUNNING))
        .number("waiting", count(RunStatus.WAITING))
        .number("memoryBytes", OwnMemory.bytes());
  }

  private long count(RunStatus status) {
    var query =
        new RunCatalog.Query(Set.of(status), Optional.empty(), Optional.empty(), MOST_COUNTED);
    return catalog.list(query).size();
  }
}
