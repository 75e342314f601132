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
    var name = LibraryLoaderUtil.getNativeLibName();
    var folder = LibraryLoaderUtil.getNativeLibResourcePath();
    var platform = folder.substring(folder.indexOf("native/") + 7).replace('/', '-');
    var directory =
        home.resolve("native").resolve("sqlite-" + SQLiteJDBCLoader.getVersion() + "-" + platform);
    if (isThere(folder + "/" + name, directory, name)) {
      System.setProperty("org.sqlite.lib.path", directory.toString());
      System.setProperty("org.sqlite.lib.name", name);
      System.setProperty("org.sqlite.tmpdir", directory.toString());
    }
  }

  private static boolean isThere(String resource, Path directory, String name) {
    var library = directory.resolve(name);
    if (Files.isRegularFile(library)) {
      return true;
    }
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
