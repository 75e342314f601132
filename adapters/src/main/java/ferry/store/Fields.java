package ferry.store;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Collects the fields of a JSON object; what is empty or at its default is left out. */
final class Fields {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  Fields put(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  Fields putIf(boolean whether, String name, Object value) {
    return whether ? put(name, value) : this;
  }

  Fields put(String name, Optional<?> value) {
    value.ifPresent(present -> fields.put(name, present));
    return this;
  }

  Fields put(String name, OptionalLong value) {
    value.ifPresent(present -> fields.put(name, present));
    return this;
  }

  Fields put(String name, OptionalInt value) {
    value.ifPresent(present -> fields.put(name, present));
    return this;
  }

  Fields put(String name, OptionalDouble value) {
    value.ifPresent(present -> fields.put(name, present));
    return this;
  }

  Fields put(String name, Collection<?> values) {
    return values.isEmpty() ? this : put(name, (Object) values);
  }

  Fields put(String name, Map<String, ?> values) {
    return values.isEmpty() ? this : put(name, (Object) values);
  }

  Map<String, Object> map() {
    return fields;
  }

  String json() {
    return Json.write(fields);
  }
}
