package ferry.local.launcher;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The system's table of processes, read from {@code /proc}. Not safe for use by several threads at
 * once.
 */
final class ProcessTable {
  private static final byte[] MARK = "FERRY_ATTEMPT=".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_ENVIRONMENT_BYTES = 8 * 1024 * 1024;

  private final Posix posix;
  private final int pageBytes;
  private NativeBlock block = new NativeBlock(128 * 1024);

  ProcessTable(Posix posix) {
    this.posix = posix;
    this.pageBytes = posix.libc.result(Libc.function("getpagesize"), 0, 0, 0, 0, 0, 0);
  }

  /** All processes that can be seen, in no order. */
  List<ProcessEntry> all() {
    List<ProcessEntry> found = new ArrayList<>();
    String[] names = new File("/proc").list();
    if (names == null) {
      return found;
    }
    for (String name : names) {
      if (name.charAt(0) >= '1' && name.charAt(0) <= '9') {
        ProcessEntry entry = find(name);
        if (entry.pid() != 0) {
          found.add(entry);
        }
      }
    }
    return found;
  }

  /** That process; its pid is 0 if there is none. */
  ProcessEntry find(long pid) {
    return find(Long.toString(pid));
  }

  /** When the process started, in clock ticks; 0 if there is none. A zombie still has its start. */
  long start(long pid) {
    return find(pid).start();
  }

  /** Whether exactly that process is there and has not ended. */
  boolean isAlive(long pid, long start) {
    ProcessEntry entry = find(pid);
    return entry.pid() != 0 && entry.start() == start && !entry.isZombie();
  }

  private ProcessEntry find(String pid) {
    int length = read("/proc/", pid, "/stat");
    return length > 0 ? parse(length) : new ProcessEntry(0, 'X', 0, 0, 0, 0, 0, 0);
  }

  private ProcessEntry parse(int length) {
    ByteBuffer bytes = block.bytes;
    int at = length - 1;
    while (bytes.get(at) != ')') {
      at--;
    }
    char state = (char) bytes.get(at + 2);
    bytes.position(at + 3);
    long parent = nextNumber();
    long group = nextNumber();
    long session = nextNumber();
    skipNumbers(7);
    long ticks = nextNumber() + nextNumber() + nextNumber() + nextNumber();
    skipNumbers(4);
    long start = nextNumber();
    skipNumbers(1);
    long resident = nextNumber() * pageBytes;
    bytes.position(0);
    return new ProcessEntry(nextNumber(), state, parent, group, session, start, resident, ticks);
  }

  private void skipNumbers(int count) {
    for (int i = 0; i < count; i++) {
      nextNumber();
    }
  }

  private long nextNumber() {
    ByteBuffer bytes = block.bytes;
    int at = bytes.position();
    while (bytes.get(at) == ' ' || bytes.get(at) == '-') {
      at++;
    }
    long value = 0;
    for (int digit = bytes.get(at) - '0'; digit >= 0 && digit <= 9; digit = bytes.get(at) - '0') {
      value = value * 10 + digit;
      at++;
    }
    bytes.position(at);
    return value;
  }

  /** The attempt that the process's environment names, or an empty text. */
  String attemptOf(long pid) {
    int length = read("/proc/", Long.toString(pid), "/environ");
    ByteBuffer bytes = block.bytes;
    int start = 0;
    while (start < length) {
      int end = start;
      while (end < length && bytes.get(end) != 0) {
        end++;
      }
      if (end - start > MARK.length && beginsWithMark(bytes, start)) {
        return block.text(start + MARK.length, end - start - MARK.length);
      }
      start = end + 1;
    }
    return "";
  }

  private static boolean beginsWithMark(ByteBuffer bytes, int start) {
    for (int i = 0; i < MARK.length; i++) {
      if (bytes.get(start + i) != MARK[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The process's share of memory in RAM, pages shared by n processes counted as 1/n; -1 where
   * unknown.
   */
  long proportionalBytes(long pid) {
    int length = read("/proc/", Long.toString(pid), "/smaps_rollup");
    if (length <= 0) {
      return -1;
    }
    String text = block.text(0, length);
    int at = text.indexOf("\nPss:");
    if (at < 0) {
      return -1;
    }
    block.bytes.position(at + 5);
    return nextNumber() * 1024;
  }

  /** The most memory in RAM that the process's program has had at one time; -1 where unknown. */
  long peakBytes(long pid) {
    int length = read("/proc/", Long.toString(pid), "/status");
    int at = length <= 0 ? -1 : block.text(0, length).indexOf("\nVmHWM:");
    if (at < 0) {
      return -1;
    }
    block.bytes.position(at + 7);
    while (block.bytes.get(block.bytes.position()) <= ' ') {
      block.bytes.position(block.bytes.position() + 1);
    }
    return nextNumber() * 1024;
  }

  /** The process and all that descend from it, without a look at every process there is. */
  List<ProcessEntry> family(long pid) {
    List<ProcessEntry> family = new ArrayList<>();
    ProcessEntry first = find(pid);
    if (first.pid() != 0) {
      family.add(first);
    }
    for (int i = 0; i < family.size(); i++) {
      String parent = Long.toString(family.get(i).pid());
      int length = read("/proc/" + parent + "/task/", parent, "/children");
      String children = length > 0 ? block.text(0, length) : "";
      for (String child : children.split(" ")) {
        ProcessEntry entry = child.isBlank() ? first : find(child.strip());
        if (entry.pid() != 0 && !family.contains(entry)) {
          family.add(entry);
        }
      }
    }
    return family;
  }

  /**
   * Reads a file from its start into the block, which grows as it must: the length, or an error
   * below zero.
   */
  private int read(String start, String middle, String end) {
    int descriptor = posix.open(start + middle, end, Posix.O_RDONLY, 0);
    if (descriptor < 0) {
      return descriptor;
    }
    int length = 0;
    while (true) {
      if (length == block.size()) {
        grow();
      }
      int count = posix.read(descriptor, block.address + length, block.size() - length);
      if (count <= 0 || length + count >= MAX_ENVIRONMENT_BYTES) {
        break;
      }
      length += count;
      if (end.equals("/stat")) {
        break;
      }
    }
    posix.close(descriptor);
    block.bytes.clear();
    return length;
  }

  private void grow() {
    NativeBlock larger = new NativeBlock(block.size() * 2);
    block.bytes.clear();
    larger.bytes.put(block.bytes);
    larger.bytes.clear();
    block = larger;
  }
}
