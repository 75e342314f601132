package ferry.cli.assembly;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The server's log: in the background {@code server.log} in its home, never more than two files of
 * a few megabytes; in the foreground what is worth a person's while, on standard error. It is set
 * up by these lines alone: logback finds this class as its configurator and reads no file.
 */
public final class ServerLog extends ContextAwareBase implements Configurator {
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{0} - %msg%n";
  private static final String SIZE = "4MB";
  private static final String CLOSED_WATCHES = "io.fabric8.kubernetes.client.jdkhttp";

  private static volatile @Nullable Path file;
  private static volatile boolean isJson;

  /** Says where the log goes; to be called before anything is logged. */
  public static void begin(Path home, ServerWish wish) {
    file = wish.background() ? home.resolve("server.log") : null;
    isJson = wish.jsonLog();
  }

  /** Writes a line for whoever started this server and waits for it. */
  public static void note(String line) {
    LoggerFactory.getLogger(ServerLog.class).warn(line);
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    var log = file;
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(log == null && !isJson ? Level.WARN : Level.INFO);
    root.addAppender(log == null ? console(context) : rolling(context, log));
    // A stack trace of its own for each watch that is cut, which is told in words elsewhere.
    context.getLogger(CLOSED_WATCHES).setLevel(Level.ERROR);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static OutputStreamAppender<ILoggingEvent> console(LoggerContext context) {
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setTarget("System.err");
    return started(console, context);
  }

  private static OutputStreamAppender<ILoggingEvent> rolling(LoggerContext context, Path log) {
    var rolling = new PrivateLog();
    rolling.setContext(context);
    rolling.setFile(log.toString());
    var window = new FixedWindowRollingPolicy();
    window.setContext(context);
    window.setParent(rolling);
    window.setFileNamePattern(log + ".%i");
    window.setMaxIndex(1);
    window.start();
    var size = new SizeBasedTriggeringPolicy<ILoggingEvent>();
    size.setContext(context);
    size.setMaxFileSize(FileSize.valueOf(SIZE));
    size.start();
    rolling.setRollingPolicy(window);
    rolling.setTriggeringPolicy(size);
    return started(rolling, context);
  }

  private static OutputStreamAppender<ILoggingEvent> started(
      OutputStreamAppender<ILoggingEvent> appender, LoggerContext context) {
    var encoder = isJson ? new JsonLogEncoder() : pattern();
    encoder.setContext(context);
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }

  private static PatternLayoutEncoder pattern() {
    var encoder = new PatternLayoutEncoder();
    encoder.setPattern(PATTERN);
    return encoder;
  }
}
