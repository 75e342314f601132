package ferry.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A lock that ends with its process, for processes of one kernel that cannot see each other's pids,
 * as in containers. A file system without locks says nothing either way.
 */
final class KernelLock implements AutoCloseable {

  /** What the lock tells. */
  enum State {
    OURS,
    TAKEN,
    UNKNOWN
  }

  private final FileChannel channel;
  private State state;

  private KernelLock(FileChannel channel) {
    this.channel = channel;
    this.state = State.UNKNOWN;
  }

  static KernelLock of(Path home) throws IOException {
    var file = home.resolve("lease.lock");
    PrivateFiles.touch(file);
    var lock = new KernelLock(FileChannel.open(file, StandardOpenOption.WRITE));
    lock.look();
    return lock;
  }

  /** Tries again where another process had it. */
  State look() {
    if (state != State.OURS) {
      try {
        state = channel.tryLock() == null ? State.TAKEN : State.OURS;
      } catch (OverlappingFileLockException _) {
        state = State.TAKEN;
      } catch (IOException _) {
        state = State.UNKNOWN;
      }
    }
    return state;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // the lock ends with the process
    }
  }
}
