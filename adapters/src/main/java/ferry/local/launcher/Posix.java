package ferry.local.launcher;

import java.lang.foreign.MemorySegment;

/**
 * The system calls that are needed, with this system's numbers. What differs between systems is
 * here and in {@link ProcessTable}; both know Linux on 64 bits. Results below zero are negated
 * error numbers.
 */
final class Posix {
  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int EEXIST = 17;
  static final int ENOTDIR = 20;
  static final int ENOEXEC = 8;

  static final int O_RDONLY = 0;
  static final int O_WRONLY = 1;
  static final int O_CREAT = 0100;
  static final int O_EXCL = 0200;
  static final int O_TRUNC = 01000;
  static final int O_APPEND = 02000;
  static final int O_NONBLOCK = 04000;
  static final int O_CLOEXEC = 02000000;

  static final int SIGKILL = 9;
  static final int SIGTERM = 15;
  static final int SIGCONT = 18;

  static final short POLLIN = 1;
  static final short POLLOUT = 4;

  private static final int F_SETFL = 4;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int WNOHANG = 1;
  private static final int PR_SET_CHILD_SUBREAPER = 36;
  private static final int SYS_PIDFD_OPEN = 434;
  private static final int X_OK = 1;
  private static final int SHUT_RDWR = 2;

  private static final MemorySegment OPEN = Libc.function("open");
  private static final MemorySegment READ = Libc.function("read");
  private static final MemorySegment PREAD = Libc.function("pread");
  private static final MemorySegment WRITE = Libc.function("write");
  private static final MemorySegment CLOSE = Libc.function("close");
  private static final MemorySegment MKDIR = Libc.function("mkdir");
  private static final MemorySegment RENAME = Libc.function("rename");
  private static final MemorySegment ACCESS = Libc.function("access");
  private static final MemorySegment KILL = Libc.function("kill");
  private static final MemorySegment SHUTDOWN = Libc.function("shutdown");
  private static final MemorySegment WAIT4 = Libc.function("wait4");
  private static final MemorySegment POLL = Libc.function("poll");
  private static final MemorySegment PIPE2 = Libc.function("pipe2");
  private static final MemorySegment FCNTL = Libc.function("fcntl");
  private static final MemorySegment DUP2 = Libc.function("dup2");
  private static final MemorySegment SETSID = Libc.function("setsid");
  private static final MemorySegment PRCTL = Libc.function("prctl");
  private static final MemorySegment SYSCALL = Libc.function("syscall");
  private static final MemorySegment STRERROR = Libc.function("strerror");

  final Libc libc = new Libc();
  private final NativeBlock path = new NativeBlock(16 * 1024);
  private final NativeBlock secondPath = new NativeBlock(16 * 1024);
  private final NativeBlock pair = new NativeBlock(8);
  private final NativeBlock status = new NativeBlock(8);
  private final NativeBlock usage = new NativeBlock(256);

  int open(String directory, String name, int flags, int mode) {
    return libc.result(
        OPEN, path.zeroTerminated(directory, name), flags | O_CLOEXEC, mode, 0, 0, 0);
  }

  int close(int descriptor) {
    return libc.result(CLOSE, descriptor, 0, 0, 0, 0, 0);
  }

  /** The number of bytes read, 0 at the end. */
  int read(int descriptor, long address, int length) {
    return (int) libc.size(READ, descriptor, address, length);
  }

  int readFromStart(int descriptor, long address, int length) {
    return (int) libc.size(PREAD, descriptor, address, length);
  }

  int write(int descriptor, long address, int length) {
    return (int) libc.size(WRITE, descriptor, address, length);
  }

  /** Writes all of it, or says why not. */
  int writeFully(int descriptor, long address, int length) {
    int done = 0;
    while (done < length) {
      int written = write(descriptor, address + done, length - done);
      if (written < 0 && written != -EINTR) {
        return written;
      }
      done += Math.max(written, 0);
    }
    return done;
  }

  int mkdir(String directory, int mode) {
    return libc.result(MKDIR, path.zeroTerminated(directory), mode, 0, 0, 0, 0);
  }

  int rename(String directory, String from, String to) {
    long source = path.zeroTerminated(directory, from);
    return libc.result(RENAME, source, secondPath.zeroTerminated(directory, to), 0, 0, 0, 0);
  }

  boolean isExecutable(String file) {
    return libc.result(ACCESS, path.zeroTerminated(file), X_OK, 0, 0, 0, 0) == 0;
  }

  /** Ends a connection in both directions; the descriptor stays. */
  int shutdown(int descriptor) {
    return libc.result(SHUTDOWN, descriptor, SHUT_RDWR, 0, 0, 0, 0);
  }

  int kill(long pid, int signal) {
    return libc.result(KILL, pid, signal, 0, 0, 0, 0);
  }

  /**
   * Collects a child that has ended: its pid, 0 while it runs, below zero if there is no such
   * child.
   */
  int reap(long pid) {
    int reaped;
    do {
      reaped = libc.result(WAIT4, pid, status.address, WNOHANG, usage.address, 0, 0);
    } while (reaped == -EINTR);
    return reaped;
  }

  /** The exit code of the child collected last, or -1 if a signal ended it. */
  int reapedCode() {
    int word = status.bytes.getInt(0);
    return (word & 0x7f) == 0 ? word >> 8 & 0xff : -1;
  }

  /** The signal that ended the child collected last, or 0. */
  int reapedSignal() {
    return status.bytes.getInt(0) & 0x7f;
  }

  /** User and system time of the child collected last and of those that it waited for. */
  long reapedCpuMicros() {
    return (usage.bytes.getLong(0) + usage.bytes.getLong(16)) * 1_000_000
        + usage.bytes.getLong(8)
        + usage.bytes.getLong(24);
  }

  /**
   * The largest resident size that the child collected last, or one that it waited for, ever had.
   * It was an image of this process until it became another program, which the kernel counts too:
   * this says something only where it is more than what this process ever had.
   */
  long reapedPeakBytes() {
    return usage.bytes.getLong(32) * 1024;
  }

  /**
   * Waits for the {@code count} entries of {@code pollfd} at the address; -1 ms means without end.
   */
  int poll(long entries, int count, int timeoutMillis) {
    return libc.result(POLL, entries, count, timeoutMillis, 0, 0, 0);
  }

  /**
   * Makes a pipe that children do not inherit: 0, with the ends in {@link #pipeOut} and {@link
   * #pipeIn}.
   */
  int pipe() {
    return libc.result(PIPE2, pair.address, O_CLOEXEC, 0, 0, 0, 0);
  }

  int pipeOut() {
    return pair.bytes.getInt(0);
  }

  int pipeIn() {
    return pair.bytes.getInt(4);
  }

  int doNotBlock(int descriptor) {
    return libc.result(FCNTL, descriptor, F_SETFL, O_NONBLOCK, 0, 0, 0);
  }

  /** Another number for what the descriptor stands for, which children do not inherit. */
  int duplicate(int descriptor) {
    return libc.result(FCNTL, descriptor, F_DUPFD_CLOEXEC, 3, 0, 0, 0);
  }

  /** Makes the second descriptor stand for what the first does. */
  int redirect(int source, int descriptor) {
    return libc.result(DUP2, source, descriptor, 0, 0, 0, 0);
  }

  int newSession() {
    return libc.result(SETSID, 0, 0, 0, 0, 0, 0);
  }

  /** From now on orphans among the descendants become this process's children. */
  int adoptOrphans() {
    return libc.result(PRCTL, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0, 0);
  }

  /**
   * A descriptor that is readable once the process has ended; below zero where the kernel has none.
   */
  int exitDescriptor(long pid) {
    return libc.result(SYSCALL, SYS_PIDFD_OPEN, pid, 0, 0, 0, 0);
  }

  /** The C library's words for an error number. */
  @SuppressWarnings("restricted")
  String words(int errorNumber) {
    long text = libc.call(STRERROR, Math.abs(errorNumber), 0, 0, 0, 0, 0);
    return MemorySegment.ofAddress(text).reinterpret(256).getString(0);
  }
}
