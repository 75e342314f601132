package ferry.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a step's script says through the log when the command has ended: the cluster itself tells it
 * up to a second later, when its node has looked. It is said on standard output and on standard
 * error, so that nothing can come after it in either, and only where nothing unusual happened: what
 * was asked to end, or killed, is told of by the cluster alone.
 */
public final class LastWord {
  private static final LogMark MARK = new LogMark("\u001eferry-end ");
  private static final String VALUE = "= ";
  private static final int PARTS = 5;

  /** More than a step may put out: then the cluster tells why it cannot be taken. */
  private static final int MOST_BYTES = 4_000;

  /** Said by the script as {@code stream status values others attempt}. */
  static final String SCRIPT =
      """
      others=1; [ $$ != 1 ] || kill -0 -1 2>/dev/null || others=0
      unkilled() { cat /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control 2>/dev/null | grep -q '^oom_kill 0'; }
      if [ -n "$FERRY_ATTEMPT" ] && [ -z "$ferry_asked" ] && { [ $status = 0 ] || unkilled; } &&
        { [ ! -s "$FERRY_OUTPUT" ] || [ $(wc -c <"$FERRY_OUTPUT") -le %d ]; }
      then
        n=0
        [ ! -s "$FERRY_OUTPUT" ] || while IFS= read -r line || [ -n "$line" ]; do
          printf '\\036ferry-end = %%s\\n' "$line"; n=$((n + 1))
        done <"$FERRY_OUTPUT"
        printf '\\036ferry-end 1 %%s %%s %%s %%s\\n' $status $n $others "$FERRY_ATTEMPT"
        printf '\\036ferry-end 2 %%s %%s %%s %%s\\n' $status $n $others "$FERRY_ATTEMPT" >&2
      fi
      """
          .formatted(MOST_BYTES);

  /**
   * The end of a step in its own words.
   *
   * @param status of the command
   * @param values what it put out, as lines
   * @param isLast whether no process is left that could write anything more
   */
  public record Said(int status, String values, boolean isLast) {}

  private final String attempt;
  private final Consumer<Said> listener;
  private final Deque<String> values = new ArrayDeque<>();
  private @Nullable Said onOutput;
  private boolean isOnError;

  /**
   * The word of one attempt.
   *
   * @param attempt its id; what the log of another says means nothing
   * @param listener hears it once all lines before it are in the copy
   */
  public LastWord(String attempt, Consumer<Said> listener) {
    this.attempt = attempt;
    this.listener = listener;
  }

  /** Where it begins in a line, or -1. */
  static int start(byte[] line) {
    return MARK.in(line);
  }

  /** Takes in a line that has it. */
  void take(byte[] line, int start) {
    int from = start + MARK.text().length();
    var text = new String(line, from, line.length - from, StandardCharsets.UTF_8);
    var said = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    if (said.startsWith(VALUE)) {
      values.add(said.substring(VALUE.length()));
      if (values.size() > MOST_BYTES) {
        values.removeFirst();
      }
      return;
    }
    var parts = said.split(" ", PARTS);
    if (parts.length == PARTS && parts[PARTS - 1].equals(attempt)) {
      end(parts);
    }
  }

  private void end(String[] parts) {
    if (!parts[1].matches("[0-9]{1,3}") || !parts[2].matches("[0-9]{1,4}")) {
      return;
    }
    int count = Integer.parseInt(parts[2]);
    boolean isOutput = parts[0].equals("1");
    if (isOutput && values.size() < count) {
      return; // the copy began in the middle: the cluster tells it
    }
    if (isOutput) {
      var lines = List.copyOf(values).subList(values.size() - count, values.size());
      var text = String.join("\n", lines);
      onOutput = new Said(Integer.parseInt(parts[1]), text, parts[3].equals("0"));
    } else {
      isOnError = true;
    }
  }

  /** What comes next is of another container. */
  void begin() {
    values.clear();
    onOutput = null;
    isOnError = false;
  }

  /** Tells it, once it was said on both streams. */
  void tell() {
    var said = onOutput;
    if (said != null && isOnError) {
      onOutput = null;
      listener.accept(said);
    }
  }
}
