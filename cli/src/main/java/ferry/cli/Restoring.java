package ferry.cli;

import ferry.cli.assembly.DatabaseChoice;
import ferry.cli.assembly.ServerLog;
import ferry.cli.client.Failure;
import ferry.cli.client.Home;
import ferry.cli.client.LocalConnector;
import ferry.error.DiskTrouble;
import ferry.store.ActiveLock;
import ferry.store.HomeLease;
import ferry.store.PostgresAddress;
import ferry.store.PostgresStore;
import ferry.store.SqliteStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Makes a home of a backup. The home must have no runs; what was begun and broke off is taken up by
 * restoring again.
 */
final class Restoring {
  private static final String ROWS = "database";
  private static final String FILES = "files/";
  private static final String MANIFEST = "manifest.json";

  private final Home home;
  private final Path file;

  Restoring(Home home, Path file) {
    this.home = home;
    this.file = file;
  }

  /** Restores everything; into a PostgreSQL database where one is named. */
  int run(Optional<String> database, Session session) {
    if (LocalConnector.running(home).isPresent()) {
      throw Failure.usage(
              "a server runs for " + home.directory(),
              "stop it: `ferry server stop`; or restore into another FERRY_HOME")
          .thrown();
    }
    home.make();
    checkEmpty();
    var address = DatabaseChoice.address(home.directory(), database, System.getenv());
    try (var lease = HomeLease.take(home.directory(), session.err()::println, _ -> {});
        var zip = new ZipFile(file.toFile())) {
      lease.check();
      if (zip.getEntry(MANIFEST) == null || zip.getEntry(ROWS) == null) {
        throw Failure.usage(file + " is no backup of Ferry's, or not a whole one").thrown();
      }
      Files.writeString(mark(), file + "\n");
      restoreFiles(zip);
      restoreRows(zip, address);
      Files.writeString(home.directory().resolve("restored"), UUID.randomUUID() + "\n");
      Files.delete(mark());
    } catch (ZipException e) {
      throw Failure.usage(file + " is no backup, or a damaged one: " + e.getMessage()).thrown();
    } catch (IOException e) {
      throw Failure.system(
              "the backup " + file + " cannot be restored: " + DiskTrouble.reason(e),
              "put that right, and restore again")
          .thrown();
    }
    session.err().println("restored " + file + " into " + home.directory());
    return 0;
  }

  private Path mark() {
    return home.directory().resolve("restoring");
  }

  private void checkEmpty() {
    var runs = home.directory().resolve("runs");
    try (var begun = Files.exists(runs) ? Files.list(runs) : java.util.stream.Stream.<Path>of()) {
      boolean isEmpty =
          Files.notExists(home.directory().resolve("ferry.db")) && begun.findAny().isEmpty();
      if (!isEmpty && Files.notExists(mark())) {
        throw Failure.usage(
                "the home " + home.directory() + " is not empty",
                "restore into another one: FERRY_HOME=PATH ferry server restore " + file)
            .thrown();
      }
    } catch (IOException e) {
      throw Failure.system("the home cannot be read: " + DiskTrouble.reason(e)).thrown();
    }
  }

  /** Links last, so that no file is written through one. */
  private void restoreFiles(ZipFile zip) throws IOException {
    Map<Path, ZipEntry> links = new LinkedHashMap<>();
    var entries = zip.entries();
    while (entries.hasMoreElements()) {
      var entry = entries.nextElement();
      if (entry.getName().startsWith(FILES)) {
        var place = place(entry.getName().substring(FILES.length()));
        if ("link".equals(entry.getComment())) {
          links.put(place, entry);
        } else {
          restore(zip, entry, place);
        }
      }
    }
    for (var link : links.entrySet()) {
      try (var in = zip.getInputStream(link.getValue())) {
        var target = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        makeDirectories(link.getKey());
        Files.deleteIfExists(link.getKey());
        Files.createSymbolicLink(link.getKey(), Path.of(target));
      }
    }
  }

  private Path place(String name) {
    var place = home.directory().resolve(name).normalize();
    if (name.isEmpty() || !place.startsWith(home.directory()) || place.equals(home.directory())) {
      throw Failure.usage(file + " is no backup of Ferry's: a file in it would leave the home")
          .thrown();
    }
    return place;
  }

  private static void restore(ZipFile zip, ZipEntry entry, Path place) throws IOException {
    boolean isProgram = "program".equals(entry.getComment());
    var mode = PosixFilePermissions.fromString(isProgram ? "rwx------" : "rw-------");
    makeDirectories(place);
    Files.deleteIfExists(place);
    Files.createFile(place, PosixFilePermissions.asFileAttribute(mode));
    try (var in = zip.getInputStream(entry);
        var out = Files.newOutputStream(place)) {
      in.transferTo(out);
    }
  }

  private static void makeDirectories(Path place) throws IOException {
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    List<Path> missing = new ArrayList<>();
    for (var at = place.getParent(); at != null && Files.notExists(at); at = at.getParent()) {
      missing.addFirst(at);
    }
    for (var directory : missing) {
      Files.createDirectory(directory, mode);
    }
  }

  private void restoreRows(ZipFile zip, Optional<PostgresAddress> address) throws IOException {
    try (var in =
        new java.io.BufferedInputStream(zip.getInputStream(zip.getEntry(ROWS)), 1 << 16)) {
      if (address.isEmpty()) {
        SqliteStore.restore(home.directory(), in);
        return;
      }
      try (var lock = ActiveLock.take(address.get(), ServerLog::note, () -> {})) {
        PostgresStore.restore(address.get(), lock, in);
      }
    }
  }
}
