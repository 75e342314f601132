package ferry.collect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The records of a TFRecord file as it grows: a length of eight bytes, little-endian, its masked
 * CRC, so many bytes, and theirs. A record that is not whole yet waits; from a damaged one on
 * nothing is read.
 */
final class EventRecords {
  private static final int HEAD = 12;
  private static final int FOOT = 4;
  private static final long LONGEST = 64 << 20;
  private static final int MASK = 0xa282ead8;

  private ByteBuffer rest = ByteBuffer.allocate(0);
  private boolean damaged;

  /** Reads on; hands over every record that is whole now. */
  void take(byte[] bytes, Consumer<ByteBuffer> records) {
    if (damaged) {
      return;
    }
    var all = ByteBuffer.allocate(rest.remaining() + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
    all.put(rest).put(bytes).flip();
    while (!damaged && next(all, records)) {
      // one record after the other
    }
    rest = all;
  }

  private boolean next(ByteBuffer all, Consumer<ByteBuffer> records) {
    if (all.remaining() < HEAD) {
      return false;
    }
    int at = all.position();
    long length = all.getLong(at);
    if (length < 0 || length > LONGEST || all.getInt(at + 8) != masked(all.slice(at, 8))) {
      damaged = true;
      return false;
    }
    int size = (int) length;
    if (all.remaining() < HEAD + size + FOOT) {
      return false;
    }
    var data = all.slice(at + HEAD, size);
    if (all.getInt(at + HEAD + size) != masked(data.duplicate())) {
      damaged = true;
      return false;
    }
    all.position(at + HEAD + size + FOOT);
    records.accept(data.order(ByteOrder.LITTLE_ENDIAN));
    return true;
  }

  private static int masked(ByteBuffer data) {
    var crc = new CRC32C();
    crc.update(data);
    int value = (int) crc.getValue();
    return Integer.rotateRight(value, 15) + MASK;
  }
}
