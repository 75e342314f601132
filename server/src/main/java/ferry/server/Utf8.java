package ferry.server;

/** Where a text in UTF-8 may be cut. */
final class Utf8 {
  private Utf8() {}

  /** How many of the bytes are whole characters; a character that is cut off at the end is not. */
  static int whole(byte[] bytes) {
    int lead = bytes.length - 1;
    while (lead >= 0 && lead > bytes.length - 4 && (bytes[lead] & 0xC0) == 0x80) {
      lead--;
    }
    if (lead < 0) {
      return bytes.length;
    }
    return bytes.length - lead < length(bytes[lead]) ? lead : bytes.length;
  }

  private static int length(byte lead) {
    int value = lead & 0xFF;
    return value >= 0xF0 && value < 0xF8 ? 4 : value >= 0xE0 ? 3 : value >= 0xC0 ? 2 : 1;
  }
}
