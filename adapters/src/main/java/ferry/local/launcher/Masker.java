package ferry.local.launcher;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Replaces secret values in a stream of bytes by {@code ***}. What may be the beginning of a value
 * is held back until the next bytes, or the end, show whether it is one.
 */
final class Masker {
  private static final byte[] MASK = {'*', '*', '*'};

  private final byte[][] values;
  private final boolean[] begins = new boolean[256];
  private byte[] held = new byte[0];

  Masker(List<String> secrets) {
    values = new byte[secrets.size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = secrets.get(i).getBytes(StandardCharsets.UTF_8);
      begins[values[i][0] & 0xff] = true;
    }
    java.util.Arrays.sort(values, (a, b) -> b.length - a.length);
  }

  /** What may be written after these bytes came in. */
  byte[] mask(byte[] bytes, int length) {
    return mask(join(bytes, length), false);
  }

  /** What may be written once the stream has ended: what was held back is no whole value. */
  byte[] end() {
    return mask(held, true);
  }

  private byte[] mask(byte[] all, boolean atEnd) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(all.length);
    int at = 0;
    while (at < all.length) {
      int matched = begins[all[at] & 0xff] ? match(all, at, atEnd) : 0;
      if (matched < 0) {
        break;
      }
      if (matched == 0) {
        out.write(all[at]);
      } else {
        out.write(MASK, 0, MASK.length);
      }
      at += Math.max(1, matched);
    }
    held = new byte[all.length - at];
    System.arraycopy(all, at, held, 0, held.length);
    return out.toByteArray();
  }

  private byte[] join(byte[] bytes, int length) {
    byte[] all = new byte[held.length + length];
    System.arraycopy(held, 0, all, 0, held.length);
    System.arraycopy(bytes, 0, all, held.length, length);
    return all;
  }

  /**
   * The length of the value that stands there, 0 if none does, -1 if one may once more bytes have
   * come.
   */
  private int match(byte[] all, int at, boolean atEnd) {
    for (byte[] value : values) {
      int same = 0;
      while (same < value.length && at + same < all.length && all[at + same] == value[same]) {
        same++;
      }
      if (same == value.length) {
        return same;
      }
      if (at + same == all.length && !atEnd) {
        return -1;
      }
    }
    return 0;
  }
}
