package ferry.local.launcher;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Reads the server's requests and has them carried out. */
final class Requests {
  private static final int STDIN = 0;

  private final Posix posix;
  private final Starter starter;
  private final Supervisor supervisor;
  private final Finisher finisher;
  private final Reports reports;
  private final Map<Integer, Environment> environments = new HashMap<>();
  private NativeBlock block = new NativeBlock(128 * 1024);
  private int length;
  private boolean open = true;

  Requests(
      Posix posix, Starter starter, Supervisor supervisor, Finisher finisher, Reports reports) {
    this.posix = posix;
    this.starter = starter;
    this.supervisor = supervisor;
    this.finisher = finisher;
    this.reports = reports;
  }

  /** Whether more may come: false once the server has left, or said that nothing will. */
  boolean areOpen() {
    return open;
  }

  /** Reads what is there, which must be something, and carries out what is whole. */
  void read() {
    int count = posix.read(STDIN, block.address + length, block.size() - length);
    if (count == -Posix.EINTR || count == -Posix.EAGAIN) {
      return;
    }
    if (count <= 0) {
      open = false;
      return;
    }
    length += count;
    int at = 0;
    while (length - at >= Integer.BYTES && isWhole(at)) {
      int size = block.bytes.getInt(at);
      carryOut(new Message(block, at + Integer.BYTES));
      at += Integer.BYTES + size;
    }
    keepRest(at);
  }

  private boolean isWhole(int at) {
    int size = block.bytes.getInt(at);
    if (size < 0 || size > Wire.MAX_MESSAGE_BYTES) {
      reports.problem(
          "the server sent a message of " + size + " bytes; nothing more is read from it");
      open = false;
      return false;
    }
    return length - at - Integer.BYTES >= size;
  }

  private void keepRest(int at) {
    ByteBuffer bytes = block.bytes;
    int rest = length - at;
    int needed = rest >= Integer.BYTES ? bytes.getInt(at) + Integer.BYTES : 0;
    bytes.limit(length).position(at);
    if (needed > block.size() && needed <= Wire.MAX_MESSAGE_BYTES) {
      NativeBlock larger = new NativeBlock(needed);
      larger.bytes.put(bytes);
      block = larger;
    } else {
      bytes.compact();
    }
    block.bytes.clear();
    length = rest;
  }

  private void carryOut(Message message) {
    switch (message.kind()) {
      case Wire.ENVIRONMENT -> environments.put(message.int32(), new Environment(message.texts()));
      case Wire.FORGET -> environments.remove(message.int32());
      case Wire.LAUNCH -> launch(LaunchRequest.read(message));
      case Wire.STOP -> supervisor.stop(message.text(), message.int64());
      case Wire.QUIT -> open = false;
      default -> reports.problem("the server sent a message of an unknown kind");
    }
  }

  private void launch(LaunchRequest request) {
    switch (starter.start(request, environments.get(request.environment()))) {
      case STARTED -> supervisor.started(request, starter.process(), starter.masked());
      case REFUSED -> reports.refused(request.attempt(), starter.words());
      case CANNOT_START -> finisher.cannotStart(request, starter.words());
    }
  }
}
