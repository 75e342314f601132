package ferry.local.launcher;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The orphans that became the launcher's children. The kernel hangs them on the first thread, while
 * spawned processes hang on the thread that spawned them: one small file tells, at no cost worth
 * the name, that nothing was left behind.
 */
final class Adopted {
  private final Posix posix;
  private final ProcessTable table;
  private final NativeBlock text = new NativeBlock(16 * 1024);
  private final long self = ProcessHandle.current().pid();
  private final int file;

  Adopted(Posix posix, ProcessTable table) {
    this.posix = posix;
    this.table = table;
    this.file = posix.open("/proc/self/task/" + self, "/children", Posix.O_RDONLY, 0);
  }

  /**
   * Collects those that have ended; whether any are left. Where the kernel cannot tell, it says
   * yes.
   */
  boolean reapAndCheck(Iterable<Attempt> attempts) {
    if (file < 0) {
      return reapFromTable(attempts);
    }
    int length = posix.readFromStart(file, text.address, text.size());
    boolean left = length == text.size();
    ByteBuffer bytes = text.bytes;
    long pid = 0;
    for (int i = 0; i < length; i++) {
      if (bytes.get(i) == ' ') {
        left |= pid > 0 && posix.reap(pid) == 0;
        pid = 0;
      } else {
        pid = pid * 10 + bytes.get(i) - '0';
      }
    }
    return left;
  }

  private boolean reapFromTable(Iterable<Attempt> attempts) {
    List<ProcessEntry> all = table.all();
    boolean left = false;
    for (ProcessEntry entry : all) {
      if (entry.parent() == self && !isMain(entry, attempts)) {
        left |= posix.reap(entry.pid()) == 0;
      }
    }
    return left;
  }

  private static boolean isMain(ProcessEntry entry, Iterable<Attempt> attempts) {
    for (Attempt attempt : attempts) {
      if (attempt.pid == entry.pid() && !attempt.hasEnded()) {
        return true;
      }
    }
    return false;
  }
}
