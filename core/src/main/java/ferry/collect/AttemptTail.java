package ferry.collect;

import ferry.collect.LogMetrics.Found;
import ferry.run.AttemptId;
import ferry.tracking.Logs;
import java.util.ArrayList;
import java.util.List;

/** The log of one attempt, read as it grows. */
final class AttemptTail {
  private static final int PIECE = 256 << 10;

  private final AttemptId attempt;
  private final LogMetrics reader;
  private long position;
  private long told;
  private boolean given;
  private boolean closing;

  AttemptTail(AttemptId attempt, LogMetrics reader) {
    this.attempt = attempt;
    this.reader = reader;
  }

  /** The log's name among those of its run. */
  String source() {
    return attempt.stepRun() + "/" + attempt.number();
  }

  /** How many metrics were found in it so far. */
  long told() {
    return told;
  }

  /** Reads at most one piece on; empty where nothing was found in it. */
  List<Found> read(Logs logs) {
    if (given || logs.size(attempt) <= position) {
      return List.of();
    }
    var part = logs.read(attempt, position, PIECE);
    position = part.next();
    return reader.take(part.bytes());
  }

  /** Reads no more of a log that cannot be read: what it told until now holds. */
  void giveUp() {
    given = true;
  }

  List<String> likely() {
    return reader.likely();
  }

  /** Whether there is more to read. */
  boolean isBehind(Logs logs) {
    return !given && logs.size(attempt) > position;
  }

  /** Its attempt has ended: what is there by now is all. */
  void close() {
    closing = true;
  }

  boolean isClosing() {
    return closing;
  }

  /** What is left at the end. */
  List<Found> end() {
    return given ? List.of() : new ArrayList<>(reader.end());
  }

  void told(int more) {
    told += more;
  }
}
