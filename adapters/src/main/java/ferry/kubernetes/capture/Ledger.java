package ferry.kubernetes.capture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Gathers, while a Pod is looked at, what is left behind, what to tell, and why it is pinned. */
final class Ledger {
  final List<LeftBehind> left = new ArrayList<>();
  final List<String> notes = new ArrayList<>();
  final List<String> pins = new ArrayList<>();

  void leave(String what, String why) {
    left.add(new LeftBehind(what, why));
  }

  /** Leaves all of a kind behind for one reason; nothing where there is none. */
  void leave(String one, String many, Collection<String> names, String why) {
    if (!names.isEmpty()) {
      leave((names.size() == 1 ? one : many) + " " + quoted(names), why);
    }
  }

  /** {@code `a`, `b` and `c`}, in the order of the alphabet, each once. */
  static String quoted(Collection<String> names) {
    var quoted = new TreeSet<>(names).stream().map(name -> "`" + name + "`").toList();
    int last = quoted.size() - 1;
    return last < 1
        ? String.join("", quoted)
        : String.join(", ", quoted.subList(0, last)) + " and " + quoted.get(last);
  }
}
