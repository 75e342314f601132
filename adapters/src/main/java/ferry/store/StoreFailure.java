package ferry.store;

import ferry.error.DiskRoom;
import ferry.error.DiskTrouble;
import ferry.error.SystemError;
import ferry.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What keeps the database or the files beside it from being read or written, in words. */
final class StoreFailure {
  private static final int PRIMARY = 0xff;

  private final Path home;
  private final Path database;

  StoreFailure(Path home, Path database) {
    this.home = home;
    this.database = database;
  }

  /**
   * The words for what the database said.
   *
   * @throws IllegalStateException for what only a mistake of ours can bring about
   */
  UserException of(SQLException failure) {
    if (!(failure instanceof SQLiteException refused)) {
      throw new IllegalStateException("the database driver was misused", failure);
    }
    return switch (primary(refused.getResultCode())) {
      case SQLITE_FULL -> full();
      case SQLITE_IOERR ->
          DiskRoom.of(home).isShort() ? full() : unavailable("cannot be read or written", refused);
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH -> readOnly();
      case SQLITE_CANTOPEN ->
          Files.isWritable(home) ? unavailable("cannot be opened", refused) : readOnly();
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> busy();
      case SQLITE_CORRUPT, SQLITE_NOTADB -> damaged();
      case SQLITE_TOOBIG, SQLITE_NOMEM, SQLITE_NOLFS, SQLITE_INTERRUPT ->
          unavailable("did not take what was to be written", refused);
      default -> throw new IllegalStateException("the database was misused", failure);
    };
  }

  /** The words for a file beside the database that cannot be written or read. */
  UserException of(IOException failure) {
    var said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return said.contains("no space left") ? full() : DiskTrouble.at(home, failure);
  }

  private static SQLiteErrorCode primary(SQLiteErrorCode code) {
    return SQLiteErrorCode.getErrorCode(code.code & PRIMARY);
  }

  private UserException full() {
    return DiskRoom.of(home).full(home).thrown();
  }

  private UserException readOnly() {
    return words(
        "the database " + database + " cannot be written: no permission, or a read-only disk",
        "make it writable, or name a directory that you can write to with `FERRY_HOME`");
  }

  private UserException busy() {
    return words(
        "another process has the database " + database + " open",
        "end it: `ferry server stop` in the place where it runs; or use another FERRY_HOME");
  }

  private UserException damaged() {
    return words(
        "the database " + database + " is damaged, or is not Ferry's",
        "put a backup in its place; or move it away with "
            + database.getFileName()
            + "-wal, and Ferry starts with an empty one");
  }

  private UserException unavailable(String what, SQLiteException refused) {
    var said = String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT);
    return words(
        "the database " + database + " " + what + ": " + said,
        "see whether the disk or the network home of " + home + " is in order");
  }

  static UserException words(String message, String help) {
    return new SystemError.Unavailable(message, List.of(help)).thrown();
  }
}
