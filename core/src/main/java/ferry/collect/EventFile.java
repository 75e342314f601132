package ferry.collect;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The scalars in an event file of TensorBoard, as TensorFlow, PyTorch and tensorboardX write it.
 * Texts, images and histograms are passed over.
 */
public final class EventFile {
  private static final int FLOAT = 1;
  private static final int DOUBLE = 2;
  private static final double TO_MILLIS = 1000;

  private final EventRecords records = new EventRecords();

  /**
   * A scalar with the time that its writer gave it.
   *
   * @param atMillis since 1970
   */
  public record Event(Sighting sighting, long atMillis) {}

  /** Reads on; gives the scalars of the events that are whole by now. */
  public List<Event> take(byte[] bytes) {
    var found = new ArrayList<Event>();
    records.take(bytes, data -> event(data, found));
    return found;
  }

  private static void event(ByteBuffer data, List<Event> found) {
    double time = 0;
    long step = 0;
    var summaries = new ArrayList<ByteBuffer>();
    var event = new Protobuf(data);
    while (event.next()) {
      switch (event.field()) {
        case 1 -> time = event.real64();
        case 2 -> step = event.whole();
        case 5 -> summaries.add(event.bytes());
        default -> {} // the version of the file, a graph, a message
      }
    }
    for (var summary : summaries) {
      var values = new Protobuf(summary);
      while (values.next()) {
        if (values.field() == 1) {
          value(values.bytes(), step, (long) (time * TO_MILLIS), found);
        }
      }
    }
  }

  private static void value(ByteBuffer data, long step, long millis, List<Event> found) {
    var tag = "";
    var value = OptionalDouble.empty();
    var fields = new Protobuf(data);
    while (fields.next()) {
      switch (fields.field()) {
        case 1 -> tag = fields.text();
        case 2 -> value = OptionalDouble.of(fields.real32());
        case 8 -> value = scalar(fields.bytes());
        default -> {} // an image, a histogram, how to show it
      }
    }
    if (value.isPresent() && !tag.isEmpty()) {
      found.add(new Event(Sighting.at(step, tag, value.getAsDouble()), millis));
    }
  }

  /** A tensor of one number; nothing for any other. */
  private static OptionalDouble scalar(ByteBuffer data) {
    long kind = 0;
    var content = ByteBuffer.allocate(0);
    var tensor = new Protobuf(data);
    while (tensor.next()) {
      switch (tensor.field()) {
        case 1 -> kind = tensor.whole();
        case 4, 5, 6 -> content = tensor.bytes().hasRemaining() ? tensor.bytes() : content;
        default -> {} // its shape
      }
    }
    if (kind == FLOAT && content.remaining() == Float.BYTES) {
      return OptionalDouble.of(content.getFloat());
    }
    return kind == DOUBLE && content.remaining() == Double.BYTES
        ? OptionalDouble.of(content.getDouble())
        : OptionalDouble.empty();
  }
}
