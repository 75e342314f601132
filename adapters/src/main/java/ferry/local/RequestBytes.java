package ferry.local;

import ferry.local.launcher.Wire;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Requests to a launcher as bytes of {@link Wire}. */
final class RequestBytes {
  private ByteBuffer bytes = ByteBuffer.allocate(1024).order(ByteOrder.nativeOrder());

  private RequestBytes(byte kind) {
    bytes.putInt(0).put(kind);
  }

  static byte[] environment(int id, List<String> entries) {
    return new RequestBytes(Wire.ENVIRONMENT).int32(id).texts(entries).message();
  }

  static byte[] forget(int id) {
    return new RequestBytes(Wire.FORGET).int32(id).message();
  }

  static byte[] stop(String attempt, long graceMillis) {
    return new RequestBytes(Wire.STOP).text(attempt).int64(graceMillis).message();
  }

  static byte[] quit() {
    return new RequestBytes(Wire.QUIT).message();
  }

  static byte[] launch(CommandLaunch launch) {
    return new RequestBytes(Wire.LAUNCH)
        .text(launch.attempt())
        .text(launch.directory().toString())
        .text(launch.workingDirectory().toString())
        .texts(launch.command())
        .int32(launch.environment())
        .texts(launch.additions())
        .int64(launch.timeout().toMillis())
        .int64(launch.grace().toMillis())
        .int64(launch.memoryLimitBytes())
        .texts(launch.secrets())
        .message();
  }

  private RequestBytes int32(int value) {
    room(Integer.BYTES).putInt(value);
    return this;
  }

  private RequestBytes int64(long value) {
    room(Long.BYTES).putLong(value);
    return this;
  }

  private RequestBytes text(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    room(encoded.length + Integer.BYTES + 1).putInt(encoded.length).put(encoded).put((byte) 0);
    return this;
  }

  private RequestBytes texts(List<String> texts) {
    int32(texts.size());
    texts.forEach(this::text);
    return this;
  }

  private ByteBuffer room(int size) {
    if (bytes.remaining() < size) {
      bytes =
          ByteBuffer.allocate(2 * bytes.capacity() + size)
              .order(ByteOrder.nativeOrder())
              .put(bytes.flip());
    }
    return bytes;
  }

  private byte[] message() {
    bytes.putInt(0, bytes.position() - Integer.BYTES);
    return Arrays.copyOf(bytes.array(), bytes.position());
  }
}
