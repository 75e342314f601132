package ferry.workflow;

import java.util.List;

public final class JsonList {
  private JsonList() {}

  public static List<String> read(String s) {
    return List.of(s.split(","));
  }

  public static String write(List<String> l) {
    return String.join(",", l);
  }
}
