package ferry.local.launcher;

import java.nio.ByteBuffer;

/**
 * A cursor over one message of {@link Wire} where it lies in native memory; its addresses hold
 * until the next read.
 */
final class Message {
  private final NativeBlock block;

  Message(NativeBlock block, int start) {
    this.block = block;
    block.bytes.position(start);
  }

  byte kind() {
    return block.bytes.get();
  }

  int int32() {
    return block.bytes.getInt();
  }

  long int64() {
    return block.bytes.getLong();
  }

  /** The next text. */
  String text() {
    ByteBuffer bytes = block.bytes;
    int length = bytes.getInt();
    String text = block.text(bytes.position(), length);
    bytes.position(bytes.position() + length + 1);
    return text;
  }

  /** The next list of texts. */
  Texts texts() {
    int count = int32();
    String[] texts = new String[count];
    long[] addresses = new long[count];
    for (int i = 0; i < count; i++) {
      addresses[i] = block.here() + Integer.BYTES;
      texts[i] = text();
    }
    return new Texts(texts, addresses);
  }

  /** Texts and where each lies in native memory, ended by a zero byte. */
  static final class Texts {
    private final String[] texts;
    private final long[] addresses;

    private Texts(String[] texts, long[] addresses) {
      this.texts = texts;
      this.addresses = addresses;
    }

    String[] texts() {
      return texts;
    }

    long[] addresses() {
      return addresses;
    }

    int count() {
      return texts.length;
    }
  }
}
