package ferry.cli.assembly;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A log file that is its user's alone, also after it was begun anew. */
final class PrivateLog extends RollingFileAppender<ILoggingEvent> {

  @Override
  public void openFile(String name) throws IOException {
    var log = Path.of(name);
    var permissions = PosixFilePermissions.fromString("rw-------");
    if (Files.notExists(log)) {
      Files.createFile(log, PosixFilePermissions.asFileAttribute(permissions));
    }
    Files.setPosixFilePermissions(log, permissions);
    super.openFile(name);
  }
}
