package ferry.cli.assembly;

import ferry.cli.client.Home;
import ferry.cli.config.Config;
import ferry.error.DiskTrouble;
import ferry.error.SystemError;
import ferry.error.UserException;
import ferry.server.ServerLife;
import ferry.server.ServerLife.End;
import ferry.store.ActiveLock;
import ferry.store.HomeLease;
import ferry.store.PostgresAddress;
import ferry.store.PostgresAddress.Source;
import ferry.store.PostgresStore;
import ferry.store.Reserve;
import ferry.store.SqliteStore;
import ferry.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Opens the database of a server: the one that was named by {@code --database}, by {@code
 * FERRY_DATABASE} or by the setting, else the home's own file. A home remembers whose database it
 * has, so that no server shows it empty because nobody named the database.
 */
public final class DatabaseChoice {
  private static final String VARIABLE = "FERRY_DATABASE";
  private static final String SETTING = "database";

  /** The active server of a database that ended may need some time to let go of the home. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path home;
  private final ServerLife life;
  private final Closing closing;

  /** A store, and the right to the home that it belongs to. */
  record Opened(Store store, HomeLease lease) {}

  /**
   * For one server.
   *
   * @param life ends where another server takes the home or the database over
   * @param closing takes what is opened
   */
  DatabaseChoice(Path home, ServerLife life, Closing closing) {
    this.home = home;
    this.life = life;
    this.closing = closing;
  }

  /**
   * Opens it, after waiting for another server of the same database to end.
   *
   * @throws UserException in words, where that cannot be done
   */
  Opened open(Optional<String> typed) {
    var address = address(home, typed, System.getenv());
    return address.isEmpty() ? own() : postgres(address.get());
  }

  public static Optional<PostgresAddress> address(
      Path home, Optional<String> typed, Map<String, String> environment) {
    var variable = environment.getOrDefault(VARIABLE, "");
    if (typed.isEmpty() && !variable.isBlank()) {
      return Optional.of(PostgresAddress.parse(variable, Source.ENVIRONMENT, environment));
    }
    return typed
        .or(() -> Config.read(new Home(home)).get(SETTING))
        .map(text -> PostgresAddress.parse(text, Source.OPEN, environment));
  }

  private Opened own() {
    Reserve.yieldWhereFull(home);
    remembered()
        .ifPresent(there -> {
          throw new SystemError.Unavailable(
                  "the runs of " + home + " are in the database " + there,
                  List.of(
                      "start its server: `ferry server --database " + there + "`",
                      "or let every command find it: `ferry config database " + there + "`"))
              .thrown();
        });
    var lease = closing.add(lease());
    return new Opened(closing.add(SqliteStore.open(home, lease::check)), lease);
  }

  private Opened postgres(PostgresAddress address) {
    var lock =
        closing.add(ActiveLock.take(address, ServerLog::note, () -> life.end(End.LEASE_LOST)));
    var lease = closing.add(lock.hasWaited() ? leaseInTime() : lease());
    if (remembered().isEmpty() && Files.exists(home.resolve("ferry.db"))) {
      ServerLog.note(
          "the runs in "
              + home.resolve("ferry.db")
              + " are not in "
              + address.words()
              + ": they are not shown");
    }
    var store = closing.add(PostgresStore.open(home, address, lock, lease::check));
    remember(address);
    return new Opened(store, lease);
  }

  private HomeLease lease() {
    return HomeLease.take(home, ServerLog::note, loss -> life.end(end(loss)));
  }

  private HomeLease leaseInTime() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return lease();
      } catch (UserException held) {
        if (System.nanoTime() > deadline) {
          throw held;
        }
        pause(held);
      }
    }
  }

  private static void pause(UserException instead) {
    try {
      Thread.sleep(Duration.ofSeconds(1));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw instead;
    }
  }

  private static End end(HomeLease.Loss loss) {
    return switch (loss) {
      case TAKEN_OVER -> End.LEASE_LOST;
      case HOME_GONE -> End.HOME_GONE;
    };
  }

  private Path mark() {
    return home.resolve("database");
  }

  private Optional<String> remembered() {
    try {
      return Files.exists(mark())
          ? Optional.of(Files.readString(mark()).strip()).filter(text -> !text.isEmpty())
          : Optional.empty();
    } catch (IOException e) {
      throw DiskTrouble.at(home, e);
    }
  }

  private void remember(PostgresAddress address) {
    try {
      Files.writeString(mark(), address.words() + "\n");
    } catch (IOException e) {
      throw DiskTrouble.at(home, e);
    }
  }
}
