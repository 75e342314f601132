package ferry.cli.assembly;

import ferry.local.launcher.LiveProcesses;
import java.math.BigDecimal;
import java.util.Calendar;
import org.slf4j.LoggerFactory;

/**
 * What the start of a server needs of Java and its libraries and what takes them long to make ready
 * the first time: the log, the calendar that SQLite's driver asks for, calls to the C library, and
 * decimal numbers. A second processor does it while the first takes the home, as a command waits.
 */
public final class Preload {
  private Preload() {}

  /** Begins, in the order in which a start comes to need it; whoever comes first waits. */
  public static void begin() {
    Thread.ofPlatform().daemon().name("preload").start(Preload::all);
  }

  private static void all() {
    LoggerFactory.getLogger(Preload.class).debug("{} {}", Calendar.getInstance(), BigDecimal.TEN);
    new LiveProcesses().isAlive(ProcessHandle.current().pid(), 0);
  }
}
