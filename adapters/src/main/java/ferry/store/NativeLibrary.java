package ferry.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's machine code, put out of its jar once into the home. The driver by itself writes and
 * compares a new copy at every start, which takes longer than all else that a start does.
 */
final class NativeLibrary {
  private NativeLibrary() {}

  /**
   * Lets the driver load the copy in the home; where none can be kept there, it makes its own as
   * usual.
   */
  static void prepare(Path home) {
    if (System.getProperty("org.sqlite.lib.path") != null) {
      return;
    }
    var name = System.mapLibraryName("sqlitejdbc");
    var machine = System.getProperty("os.name") + "-" + System.getProperty("os.arch");
    var directory =
        home.resolve("native")
            .resolve("sqlite-" + SQLiteJDBCLoader.getVersion() + "-" + machine.replace(' ', '-'));
    if (isThere(directory, name)) {
      System.setProperty("org.sqlite.lib.path", directory.toString());
      System.setProperty("org.sqlite.lib.name", name);
    }
  }

  private static boolean isThere(Path directory, String name) {
    var library = directory.resolve(name);
    if (Files.isRegularFile(library)) {
      return true;
    }
    // Only the driver knows its names of systems, and takes a while to find them out.
    var resource =
        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
    try (var in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        return false;
      }
      PrivateFiles.directories(directory);
      var copy = Files.createTempFile(directory, "library", ".tmp");
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      Files.move(copy, library, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException unwritable) {
      return false; // a copy saves time only; what the home lacks is said when it is opened
    }
  }
}
