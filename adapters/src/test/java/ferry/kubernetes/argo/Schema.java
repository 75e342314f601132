package ferry.kubernetes.argo;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The schema of a custom resource, as far as it says which fields there are and of what type. */
final class Schema {
  private final Map<?, ?> root;

  private Schema(Map<?, ?> root) {
    this.root = root;
  }

  /** The schema of a definition's newest version. */
  static Schema of(Path definition) {
    try {
      var tree = Serialization.unmarshal(Files.readString(definition), Map.class);
      var versions = (List<?>) ((Map<?, ?>) tree.get("spec")).get("versions");
      var schema = (Map<?, ?>) ((Map<?, ?>) versions.getLast()).get("schema");
      return new Schema((Map<?, ?>) schema.get("openAPIV3Schema"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Every field that the schema does not know, lacks, or knows as something else. */
  List<String> faults(Map<?, ?> object) {
    var faults = new ArrayList<String>();
    check("", root, object, faults);
    return faults;
  }

  private static void check(String path, Map<?, ?> schema, Object value, List<String> faults) {
    boolean fits =
        Boolean.TRUE.equals(schema.get("x-kubernetes-int-or-string"))
            ? value instanceof String || value instanceof Integer
            : switch (String.valueOf(schema.get("type"))) {
              case "object" -> value instanceof Map<?, ?>;
              case "array" -> value instanceof List<?>;
              case "string" -> value instanceof String;
              case "boolean" -> value instanceof Boolean;
              case "integer" -> value instanceof Integer || value instanceof Long;
              case "number" -> value instanceof Number;
              default -> true;
            };
    if (!fits) {
      faults.add(path + " is " + value + ", not of type " + schema.get("type"));
    } else if (value instanceof Map<?, ?> map) {
      checkObject(path, schema, map, faults);
    } else if (value instanceof List<?> list && schema.get("items") instanceof Map<?, ?> items) {
      list.forEach(one -> check(path + "[]", items, one, faults));
    }
  }

  private static void checkObject(
      String path, Map<?, ?> schema, Map<?, ?> object, List<String> faults) {
    if (schema.get("required") instanceof List<?> required) {
      required.stream()
          .filter(name -> !object.containsKey(name))
          .forEach(name -> faults.add(path + " lacks " + name));
    }
    var properties = schema.get("properties") instanceof Map<?, ?> known ? known : Map.of();
    boolean isOpen =
        Boolean.TRUE.equals(schema.get("x-kubernetes-preserve-unknown-fields"))
            || properties.isEmpty() && !(schema.get("additionalProperties") instanceof Map<?, ?>);
    object.forEach((name, value) -> {
      if (properties.get(name) instanceof Map<?, ?> property) {
        check(path + "." + name, property, value, faults);
      } else if (schema.get("additionalProperties") instanceof Map<?, ?> any) {
        check(path + "." + name, any, value, faults);
      } else if (!isOpen) {
        faults.add(path + "." + name + " is not known");
      }
    });
  }
}
