package ferry.local.launcher;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Calls functions of the C library. All go through one method handle of one shape (six integers or
 * pointers in, one out), because each further shape costs milliseconds at start. Not safe for use
 * by several threads at once.
 */
final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();

  @SuppressWarnings("restricted")
  private static final MethodHandle CALL =
      LINKER.downcallHandle(
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.captureCallState("errno"));

  private final MemorySegment state = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
  private final ByteBuffer errno = state.asByteBuffer().order(ByteOrder.nativeOrder());

  /** The function of that name; every POSIX system has those that are asked for here. */
  static MemorySegment function(String name) {
    MemorySegment function = functionOrNull(name);
    if (function.address() == 0) {
      throw new UnsatisfiedLinkError("the C library has no function " + name);
    }
    return function;
  }

  /**
   * The function of that name, or {@link MemorySegment#NULL}: for what only newer C libraries have.
   */
  static MemorySegment functionOrNull(String name) {
    return LINKER.defaultLookup().find(name).orElse(MemorySegment.NULL);
  }

  /**
   * What the function returned; its upper half means nothing if the function returns an {@code
   * int}.
   */
  long call(MemorySegment function, long a, long b, long c, long d, long e, long f) {
    try {
      return (long) CALL.invokeExact(function, state, a, b, c, d, e, f);
    } catch (Throwable thrown) {
      throw new IllegalStateException("a call into the C library failed", thrown);
    }
  }

  /** An {@code int} function's result, or the negated error number where it returned -1. */
  int result(MemorySegment function, long a, long b, long c, long d, long e, long f) {
    int value = (int) call(function, a, b, c, d, e, f);
    return value == -1 ? -errno.getInt(0) : value;
  }

  /** A {@code ssize_t} function's result, or the negated error number where it returned -1. */
  long size(MemorySegment function, long a, long b, long c) {
    long value = call(function, a, b, c, 0, 0, 0);
    return value == -1 ? -errno.getInt(0) : value;
  }
}
