package ferry.local.launcher;

import java.io.File;

/**
 * The launcher's file {@code launchers/<id>}: who it is, and a beat that is written anew while it
 * holds attempts, so that another machine or container that shares the home can see that it lives.
 */
final class LauncherFile {
  static final String DIRECTORY = "launchers";
  private static final long BEAT_NANOS = 8_000_000_000L;

  private final Posix posix;
  private final String name;
  private final String identity;
  private final NativeBlock text = new NativeBlock(4096);
  private long beats;
  private long beatAt;

  LauncherFile(Posix posix, String id, String identity) {
    this.posix = posix;
    this.name = "/" + id;
    this.identity = identity;
    posix.mkdir(DIRECTORY, 0700);
    beat(System.nanoTime());
  }

  long beatAt() {
    return beatAt;
  }

  void beat(long now) {
    beats++;
    beatAt = now + BEAT_NANOS;
    int flags = Posix.O_WRONLY | Posix.O_CREAT;
    int file = posix.open(DIRECTORY, name, flags, 0600);
    if (file >= 0) {
      text.zeroTerminated(identity, "beat=" + beats + "\n");
      posix.writeFully(file, text.address, text.bytes.position() - 1);
      posix.close(file);
    }
  }

  void remove() {
    new File(DIRECTORY + name).delete();
  }
}
