package ferry.local.launcher;

import java.lang.foreign.MemorySegment;

/**
 * Starts processes with {@code posix_spawn}: each in a session of its own, with an empty signal
 * mask, default signal handling and no descriptors but its standard streams.
 */
final class Spawner {
  private static final MemorySegment SPAWN = Libc.function("posix_spawn");
  private static final MemorySegment ACTIONS_INIT = Libc.function("posix_spawn_file_actions_init");
  private static final MemorySegment ACTIONS_DESTROY =
      Libc.function("posix_spawn_file_actions_destroy");
  private static final MemorySegment ADD_DUP2 = Libc.function("posix_spawn_file_actions_adddup2");
  private static final MemorySegment ADD_CHDIR =
      Libc.function("posix_spawn_file_actions_addchdir_np");
  private static final MemorySegment ADD_CLOSE_FROM =
      Libc.functionOrNull("posix_spawn_file_actions_addclosefrom_np");

  private static final int SETSIGDEF = 4;
  private static final int SETSIGMASK = 8;
  private static final int SETSID = 0x80;

  private final Libc libc;
  private final NativeBlock attributes = new NativeBlock(1024);
  private final NativeBlock actions = new NativeBlock(512);
  private final NativeBlock pid = new NativeBlock(8);
  private final NativeBlock file = new NativeBlock(16 * 1024);
  private final NativeBlock directory = new NativeBlock(16 * 1024);
  private final NativeBlock mark = new NativeBlock(16 * 1024);
  private NativeBlock pointers = new NativeBlock(16 * 1024);

  Spawner(Libc libc) {
    this.libc = libc;
    long signals = actions.address;
    call("posix_spawnattr_init", attributes.address, 0);
    call("sigemptyset", signals, 0);
    call("posix_spawnattr_setsigmask", attributes.address, signals);
    call("sigfillset", signals, 0);
    call("posix_spawnattr_setsigdefault", attributes.address, signals);
    call("posix_spawnattr_setflags", attributes.address, SETSIGDEF | SETSIGMASK | SETSID);
  }

  private void call(String function, long a, long b) {
    libc.call(Libc.function(function), a, b, 0, 0, 0, 0);
  }

  /** The new process's pid, or a negated error number. */
  int spawn(LaunchRequest request, Environment environment, String command, int input, int output) {
    Message.Texts arguments = request.arguments();
    reserve(arguments.count() + request.additions().count() + environment.size() + 1);
    for (long address : arguments.addresses()) {
      pointers.bytes.putLong(address);
    }
    pointers.bytes.putLong(0);
    long environmentPointers = pointers.here();
    environment.appendPointers(
        pointers, mark.zeroTerminated("FERRY_ATTEMPT=", request.attempt()), request.additions());
    addActions(request.workingDirectory(), input, output);
    int error =
        (int)
            libc.call(
                SPAWN,
                pid.address,
                file.zeroTerminated(command),
                actions.address,
                attributes.address,
                pointers.address,
                environmentPointers);
    libc.call(ACTIONS_DESTROY, actions.address, 0, 0, 0, 0, 0);
    return error == 0 ? pid.bytes.getInt(0) : -error;
  }

  private void addActions(String workingDirectory, int input, int output) {
    long at = actions.address;
    libc.call(ACTIONS_INIT, at, 0, 0, 0, 0, 0);
    libc.call(ADD_DUP2, at, input, 0, 0, 0, 0);
    libc.call(ADD_DUP2, at, output, 1, 0, 0, 0);
    libc.call(ADD_DUP2, at, output, 2, 0, 0, 0);
    libc.call(ADD_CHDIR, at, directory.zeroTerminated(workingDirectory), 0, 0, 0, 0);
    if (ADD_CLOSE_FROM.address() != 0) {
      libc.call(ADD_CLOSE_FROM, at, 3, 0, 0, 0, 0);
    }
  }

  private void reserve(int count) {
    if (pointers.size() < count * Long.BYTES) {
      pointers = new NativeBlock(2 * count * Long.BYTES);
    }
    pointers.bytes.clear();
  }
}
