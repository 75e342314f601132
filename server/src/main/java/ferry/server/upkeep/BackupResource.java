package ferry.server.upkeep;

import ferry.server.http.Exchange;
import ferry.server.http.HttpProblem;
import ferry.server.http.Route;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Gives away a backup; one at a time. */
final class BackupResource {
  private final Supplier<Backup> backups;
  private final InstantSource clock;
  private final Semaphore room = new Semaphore(1);

  BackupResource(Supplier<Backup> backups, InstantSource clock) {
    this.backups = backups;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(Route.of("GET", "/api/v1/backup", this::backup));
  }

  private void backup(Exchange exchange) throws IOException {
    if (!room.tryAcquire()) {
      throw new HttpProblem(
          409, "busy", "a backup is being made already", "wait for it to be done");
    }
    try {
      var out = exchange.stream("application/zip", Map.of());
      backups.get().write(out, clock.instant());
    } finally {
      room.release();
    }
  }
}
