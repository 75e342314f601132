package ferry.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Our own copy of a container's log, in the log's own order. Lines come with the time at which they
 * were written; with the time of the last one, how many had it, and how long the file was, a copy
 * that broke off anywhere goes on without a line twice. What was written after the last such note
 * is cut off and read again.
 */
final class TimedLog implements AutoCloseable {
  /** Longer lines come in parts, each with a time of its own where the kubelet is an older one. */
  private static final int PART = 16_384;

  private static final int SHORTEST_TIME = "2026-01-01T00:00:00Z".length();
  private static final int NOTE_LENGTH = 96;
  private static final String NO_POD = "-";
  private static final String ANOTHER_POD =
      "the Pod was deleted while no server followed it, and the cluster started the step again in"
          + " another one; what the first one said last may be missing";

  private final RandomAccessFile log;
  private final RandomAccessFile note;
  private final UnaryOperator<byte[]> mask;
  private final CarriedOutputs outputs;
  private final LastWord lastWord;
  private Position noted = Position.START;
  private Instant last = Instant.MIN;
  private long lines;
  private List<String> pods = Position.START.pods;
  private Resumption resumption = Resumption.ofNothing();
  private boolean isGap;
  private boolean isBroken;
  private boolean isLastNew;
  private @Nullable RescuedLog rescued;

  /**
   * How long the copy was when it was whole, what its last line was, and whose logs it is of.
   *
   * @param pods the one that is read last, and before it those that were
   */
  private record Position(long length, Instant last, long lines, List<String> pods) {
    static final Position START = new Position(0, Instant.MIN, 0, List.of(NO_POD));

    static Position read(String text) {
      var parts = text.strip().split(" ");
      return parts.length >= 4 && parts[parts.length - 1].equals("ok")
          ? new Position(
              Long.parseLong(parts[0]),
              parts[1].equals("-") ? Instant.MIN : Instant.parse(parts[1]),
              Long.parseLong(parts[2]),
              parts.length == 4 ? START.pods : List.of(parts).subList(3, parts.length - 1))
          : START;
    }

    @Override
    public String toString() {
      var at = last.equals(Instant.MIN) ? "-" : last.toString();
      return "%d %s %d %s ok".formatted(length, at, lines, String.join(" ", pods));
    }
  }

  /**
   * A copy that is new, or goes on.
   *
   * @param directory the attempt's own; it is made
   * @param mask hides secret values in a line
   * @param lastWord hears what the step says of its end
   */
  TimedLog(Path directory, UnaryOperator<byte[]> mask, LastWord lastWord) throws IOException {
    this.mask = mask;
    this.lastWord = lastWord;
    this.outputs = new CarriedOutputs(directory);
    Files.createDirectories(directory);
    log = new RandomAccessFile(directory.resolve("log").toFile(), "rw");
    note = new RandomAccessFile(directory.resolve("log.position").toFile(), "rw");
    recall();
  }

  private void recall() throws IOException {
    var bytes = new byte[Math.toIntExact(note.length())];
    note.readFully(bytes);
    var known = Position.read(new String(bytes, StandardCharsets.US_ASCII));
    if (known.length() > log.length()) { // a disk that kept the note, and not all of the copy
      rescued = new RescuedLog(log);
      write(new Position(Long.MAX_VALUE, Instant.MIN, 0, noted.pods())); // until all is well again
    } else {
      noted = known;
    }
    goBack();
  }

  /** To what was noted last; what was written after it may be half a line. */
  private void goBack() throws IOException {
    if (rescued == null) {
      log.setLength(noted.length());
    }
    log.seek(noted.length());
    last = noted.last();
    lines = noted.lines();
    pods = noted.pods();
  }

  /** While less is read again than the copy has, the note stays what it is. */
  private void remember() throws IOException {
    if (rescued != null) {
      return;
    }
    noted = new Position(log.getFilePointer(), last, lines, pods);
    write(noted);
  }

  private void write(Position position) throws IOException {
    var text = position.toString();
    int length = (int) Math.max(NOTE_LENGTH, Math.max(note.length(), text.length()));
    var bytes = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), length);
    Arrays.fill(bytes, text.length(), length, (byte) ' ');
    note.seek(0);
    note.write(bytes);
  }

  /**
   * Whose log is read from now on.
   *
   * @return false for one that was read before another
   */
  synchronized boolean readPod(String uid) throws IOException {
    int known = pods.indexOf(uid);
    if (known >= 0) {
      return known == pods.size() - 1;
    }
    if (!pods.getLast().equals(NO_POD)) {
      say(ANOTHER_POD);
      beginAnother();
    }
    pods = Stream.concat(pods.stream().filter(one -> !one.equals(NO_POD)), Stream.of(uid)).toList();
    remember();
    return true;
  }

  /** From when on the log is to be read, in whole seconds as the API knows them; empty for all. */
  synchronized Optional<String> since() {
    return last.equals(Instant.MIN) || rescued != null
        ? Optional.empty()
        : Optional.of(last.minus(Resumption.DISORDER).truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** Another reading begins, which repeats what {@link #since} said. */
  synchronized void begin() throws IOException {
    goBack();
    resumption =
        isGap || last.equals(Instant.MIN) ? Resumption.ofNothing() : new Resumption(last, lines);
    isBroken = false;
  }

  /** Whether the node said that it has no log any more. */
  synchronized boolean isBroken() {
    return isBroken;
  }

  /**
   * Takes whole lines, each with its time in front; only the very last may lack its line feed.
   *
   * @throws Resumption.Gap where the log is to be read once more, from where {@link #since} says
   */
  synchronized void take(byte[] bytes, int length) throws IOException {
    var out = new ByteArrayOutputStream(length);
    int start = 0;
    while (start < length) {
      int end = start;
      while (end < length && bytes[end] != '\n') {
        end++;
      }
      end = Math.min(length, end + 1);
      line(Arrays.copyOfRange(bytes, start, end), out);
      start = end;
    }
    write(out.toByteArray());
  }

  /**
   * Takes the beginning of a line that is too long, with its time in front; its rest comes with
   * {@link #takeRest}.
   *
   * @param beyond so many bytes at the end are looked at only for a secret that begins before them
   */
  synchronized void takeCut(byte[] bytes, int beyond) throws IOException {
    var out = new ByteArrayOutputStream(bytes.length);
    var text = newText(bytes, out);
    if (text.isPresent()) {
      var masked = mask.apply(text.get());
      out.write(masked, 0, Math.max(0, masked.length - beyond));
      out.write(
          "\n[ferry: the line above is longer than 1 MiB; its rest is left out]\n".getBytes(UTF_8));
    }
    write(out.toByteArray());
  }

  /** Takes the end of a line of which enough was taken; only what is said to us counts. */
  synchronized void takeRest(byte[] bytes) throws IOException {
    if (isLastNew) {
      withoutOurs(bytes);
      lastWord.tell();
    }
  }

  private void write(byte[] bytes) throws IOException {
    if (rescued != null && rescued.write(bytes)) {
      rescued = null;
    } else if (rescued == null) {
      log.write(bytes);
    }
    remember();
    lastWord.tell();
  }

  /** What was rescued and is not on the node any more stays as it is. */
  private void keepRescued() throws IOException {
    if (rescued != null) {
      rescued.end();
      rescued = null;
    }
  }

  /**
   * All that there is was read.
   *
   * @throws Resumption.Shorter where that was less than there was before
   * @throws IOException where the copy cannot be written
   */
  synchronized void end() throws IOException {
    resumption.end();
    keepRescued();
    remember();
  }

  /** The last line does not come any more: in the next reading all is new. */
  synchronized void giveUpLast() {
    isGap = true;
  }

  private void line(byte[] line, ByteArrayOutputStream out) throws IOException {
    var text = newText(line, out);
    if (text.isPresent()) {
      out.write(mask.apply(withoutOurs(text.get())));
    }
  }

  /** The text of a line that is not in the copy yet; what is to be said before it is written. */
  private Optional<byte[]> newText(byte[] line, ByteArrayOutputStream out) throws IOException {
    isLastNew = false;
    int space = timeEnd(line, 0);
    if (space < 0) {
      isBroken = true; // not the container's: the kubelet says why it has no log
      return Optional.empty();
    }
    var at = Instant.parse(new String(line, 0, space, StandardCharsets.US_ASCII));
    if (!isNew(at)) {
      return Optional.empty();
    }
    if (isGap) {
      out.write(
          "[ferry: lines are missing here; the node had already thrown them away]\n"
              .getBytes(UTF_8));
      isGap = false;
    }
    isLastNew = true;
    lines = at.equals(last) ? lines + 1 : 1;
    last = at;
    return Optional.of(withoutInnerTimes(line, space + 1));
  }

  private boolean isNew(Instant at) throws IOException {
    try {
      return resumption.isNew(at);
    } catch (Resumption.Gap gap) {
      isGap = true;
      throw gap;
    }
  }

  /** What is said to us in a line is taken in. */
  private byte[] withoutOurs(byte[] text) throws IOException {
    int piece = CarriedOutputs.start(text);
    if (piece >= 0) {
      outputs.take(text, piece);
      return Arrays.copyOf(text, piece);
    }
    int end = LastWord.start(text);
    if (end >= 0) {
      lastWord.take(text, end);
      return Arrays.copyOf(text, end);
    }
    return text;
  }

  private static byte[] withoutInnerTimes(byte[] line, int start) {
    if (line.length - start <= PART) {
      return Arrays.copyOfRange(line, start, line.length);
    }
    var out = new ByteArrayOutputStream(line.length);
    int from = start;
    while (line.length - from > PART) {
      out.write(line, from, PART);
      from += PART;
      int space = timeEnd(line, from);
      from = space < 0 ? from : space + 1;
    }
    out.write(line, from, line.length - from);
    return out.toByteArray();
  }

  /** Where the space is behind a time that begins there, or -1. */
  private static int timeEnd(byte[] line, int from) {
    int end = from;
    while (end < line.length && end - from < 40 && line[end] != ' ') {
      end++;
    }
    if (end - from < SHORTEST_TIME
        || end == line.length
        || line[end] != ' '
        || line[from + 4] != '-') {
      return -1;
    }
    try {
      Instant.parse(new String(line, from, end - from, StandardCharsets.US_ASCII));
      return end;
    } catch (DateTimeException noTime) {
      return -1; // text that looks like one
    }
  }

  /** What comes next is the log of another container, which has lines of its own. */
  synchronized void beginAnother() throws IOException {
    keepRescued();
    last = Instant.MIN;
    lines = 0;
    isGap = false;
    if (!pods.getLast().equals(NO_POD)) {
      pods = Stream.concat(pods.stream(), Stream.of(NO_POD)).toList();
    }
    lastWord.begin();
    remember();
  }

  /** Puts in a line of our own. */
  synchronized void say(String words) throws IOException {
    keepRescued();
    log.write(("[ferry: " + words + "]\n").getBytes(UTF_8));
    remember();
  }

  @Override
  public void close() throws IOException {
    log.close();
    note.close();
  }
}
