package ferry.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names for the steps of a one-liner, as a person would give them. Steps that run the same program
 * are told apart by the first argument that differs in all of them ({@code train-relu}, {@code
 * train-tanh}), else by a number ({@code train}, {@code train-2}).
 */
public final class StepNames {
  private static final int LONGEST = 40;
  private static final int ARGUMENTS = 12;
  private static final int MOST_ALIKE = 1_000;

  private final List<ProgramName> programs;
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final String[] names;

  private StepNames(List<ProgramName> programs, List<Optional<String>> given) {
    this.programs = programs;
    this.names = new String[programs.size()];
    for (int i = 0; i < names.length; i++) {
      given.get(i).ifPresent(taken::add);
    }
  }

  /** A name for each script; those that were given stay. */
  public static List<String> of(List<String> scripts, List<Optional<String>> given) {
    var naming = new StepNames(scripts.stream().map(ProgramName::of).toList(), given);
    var alike = new LinkedHashMap<String, List<Integer>>();
    for (int i = 0; i < scripts.size(); i++) {
      if (given.get(i).isPresent()) {
        naming.names[i] = given.get(i).get();
      } else {
        alike.computeIfAbsent(naming.programs.get(i).name(), _ -> new ArrayList<>()).add(i);
      }
    }
    alike.values().forEach(naming::name);
    return List.of(naming.names);
  }

  private void name(List<Integer> steps) {
    var base = shortened(programs.get(steps.getFirst()).name());
    var told =
        steps.size() > 1 && steps.size() <= MOST_ALIKE ? toldApart(base, steps) : List.<String>of();
    for (int i = 0; i < steps.size(); i++) {
      names[steps.get(i)] = told.isEmpty() ? numbered(base) : told.get(i);
    }
    taken.addAll(told);
  }

  private String numbered(String base) {
    while (true) {
      int count = counts.merge(base, 1, Integer::sum);
      var name = count == 1 ? base : base + "-" + count;
      if (taken.add(name)) {
        return name;
      }
    }
  }

  /**
   * Names by the first argument that is simple and another one for each; empty if there is none.
   */
  private List<String> toldApart(String base, List<Integer> steps) {
    for (int argument = 0; argument < ARGUMENTS; argument++) {
      var told = new ArrayList<String>();
      for (int step : steps) {
        simple(programs.get(step), argument).ifPresent(word -> told.add(base + "-" + word));
      }
      var distinct = new HashSet<>(told);
      boolean free = told.stream().noneMatch(taken::contains);
      if (told.size() == steps.size() && distinct.size() == told.size() && free) {
        return told;
      }
    }
    return List.of();
  }

  private static Optional<String> simple(ProgramName program, int argument) {
    if (argument >= program.arguments().size()) {
      return Optional.empty();
    }
    var word = program.arguments().get(argument);
    int equals = word.startsWith("-") ? word.indexOf('=') : -1;
    var value = word.substring(equals + 1);
    boolean good =
        !value.isEmpty()
            && value.length() <= LONGEST
            && Character.isLetterOrDigit(value.codePointAt(0))
            && value
                .codePoints()
                .allMatch(c -> Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0);
    return good ? Optional.of(Names.from(value, "x")) : Optional.empty();
  }

  private static String shortened(String name) {
    if (name.length() <= LONGEST) {
      return name;
    }
    int end = Character.isHighSurrogate(name.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return Names.from(name.substring(0, end), "step");
  }
}
