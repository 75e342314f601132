package ferry.store;

import ferry.error.DiskRoom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Room inside the database's own two files, which no other file can take: pages that are free, and
 * a log that is long enough for some writes. A step that prints without end fills a disk as fast as
 * anything on it is removed; on these pages it can still be stopped, and recorded.
 */
final class FreePages {
  private static final int PAGE = 4096;
  private static final int WANTED = 512;
  private static final int FEW = WANTED / 2;

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Path file;
  private final Path log;
  private long nextLook;

  /**
   * Of one database.
   *
   * @param first how long after its opening it may cost something
   */
  FreePages(Path file, Duration first) {
    this.file = file;
    this.log = file.resolveSibling(file.getFileName() + "-wal");
    this.nextLook = System.nanoTime() + first.toNanos();
  }

  /** Makes room where there is too little and the disk has plenty; between two transactions. */
  void keep(Session writer) throws SQLException {
    long now = System.nanoTime();
    if (now - nextLook < 0) {
      return;
    }
    nextLook = now + PAUSE.toNanos();
    if (isShort(writer)) {
      make(writer);
    }
  }

  private boolean isShort(Session writer) throws SQLException {
    long free = writer.first("PRAGMA freelist_count", row -> row.count(1)).orElse(0);
    try {
      boolean enough = free >= FEW && Files.size(log) >= (long) FEW * PAGE;
      return !enough && DiskRoom.of(file).isPlenty();
    } catch (IOException _) {
      return false; // a log of unknown size gets nothing added
    }
  }

  /** The table goes through the log into the file, and leaves its pages in both. */
  private void make(Session writer) throws SQLException {
    writer.execute("DROP TABLE IF EXISTS room");
    writer.execute("CREATE TABLE room AS SELECT zeroblob(" + WANTED * PAGE + ") AS filling");
    writer.first("PRAGMA wal_checkpoint(PASSIVE)", row -> row.count(1));
    writer.execute("DROP TABLE room");
  }

  /** Lets the log begin at its start again, where the disk has room for it already. */
  void reuseLog(Session writer) throws SQLException {
    writer.first("PRAGMA wal_checkpoint(RESTART)", row -> row.count(1));
  }
}
