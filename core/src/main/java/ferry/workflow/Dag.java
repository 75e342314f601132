package ferry.workflow;

import ferry.error.DefinitionError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order among a workflow's steps, by position: the positions are those of {@link
 * Workflow#allSteps()}, so the steps of {@code finally} come last. A step of {@code finally} may
 * come after others of its kind only.
 */
public final class Dag {
  private final List<Step> steps;
  private final int finallyFrom;
  private final Map<String, Integer> positions = new HashMap<>();
  private final int[][] before;
  private final int[][] after;

  private Dag(Workflow workflow) {
    steps = workflow.allSteps();
    finallyFrom = workflow.steps().size();
    for (int i = 0; i < steps.size(); i++) {
      if (positions.put(steps.get(i).name(), i) != null) {
        throw new DefinitionError.DuplicateStep(steps.get(i).name()).thrown();
      }
    }
    before = new int[steps.size()][];
    for (int i = 0; i < before.length; i++) {
      before[i] = predecessors(steps.get(i), i >= finallyFrom);
    }
    after = reversed(before);
  }

  /**
   * The checked order of a workflow.
   *
   * @throws ferry.error.UserException for a duplicate name, an unknown name, or a circle
   */
  public static Dag of(Workflow workflow) {
    var dag = new Dag(workflow);
    dag.refuseCircles();
    return dag;
  }

  public int size() {
    return steps.size();
  }

  public Step step(int position) {
    return steps.get(position);
  }

  /** The position of the step of that name, or -1. */
  public int position(String name) {
    return positions.getOrDefault(name, -1);
  }

  public boolean isFinally(int position) {
    return position >= finallyFrom;
  }

  /** The first position of a step of {@code finally}; {@link #size()} where there is none. */
  public int finallyFrom() {
    return finallyFrom;
  }

  /**
   * Positions of the steps that must have succeeded before this one; not to be changed by the
   * caller.
   */
  public int[] before(int position) {
    return before[position];
  }

  /** Positions of the steps that wait for this one; not to be changed by the caller. */
  public int[] after(int position) {
    return after[position];
  }

  private int[] predecessors(Step step, boolean isFinally) {
    var names = new java.util.LinkedHashSet<>(step.after());
    return names.stream().mapToInt(name -> predecessor(step, name, isFinally)).toArray();
  }

  private int predecessor(Step step, String name, boolean isFinally) {
    int position = positions.getOrDefault(name, -1);
    if (position < 0) {
      var others = steps.stream().map(Step::name).filter(other -> !other.equals(step.name()));
      var nearest = Names.nearest(name, others.toList());
      throw new DefinitionError.UnknownStep(step.name(), "after", name, nearest).thrown();
    }
    if (isFinally(position) != isFinally) {
      throw new DefinitionError.AcrossFinally(step.name(), name, isFinally).thrown();
    }
    return position;
  }

  private static int[][] reversed(int[][] edges) {
    int[] counts = new int[edges.length];
    for (int[] targets : edges) {
      for (int target : targets) {
        counts[target]++;
      }
    }
    int[][] reversed = new int[edges.length][];
    for (int i = 0; i < edges.length; i++) {
      reversed[i] = new int[counts[i]];
    }
    for (int i = edges.length - 1; i >= 0; i--) {
      for (int target : edges[i]) {
        reversed[target][--counts[target]] = i;
      }
    }
    return reversed;
  }

  /**
   * Kahn's algorithm: takes away steps that wait for nothing; what is left lies on circles or
   * behind them.
   */
  private void refuseCircles() {
    int[] unmet = new int[size()];
    var free = new ArrayList<Integer>();
    for (int i = 0; i < size(); i++) {
      unmet[i] = before[i].length;
      if (unmet[i] == 0) {
        free.add(i);
      }
    }
    for (int next = 0; next < free.size(); next++) {
      for (int successor : after[free.get(next)]) {
        if (--unmet[successor] == 0) {
          free.add(successor);
        }
      }
    }
    if (free.size() < size()) {
      throw new DefinitionError.Cycle(circle(unmet), List.of()).thrown();
    }
  }

  /** Walks backwards among the steps that are left until one is met again. */
  private List<String> circle(int[] unmet) {
    int at = 0;
    while (unmet[at] == 0) {
      at++;
    }
    var path = new ArrayList<Integer>();
    while (!path.contains(at)) {
      path.add(at);
      at = firstLeft(before[at], unmet);
    }
    var circle = new ArrayList<>(path.subList(path.indexOf(at), path.size()));
    circle.add(at);
    Collections.reverse(circle);
    return circle.stream().map(i -> steps.get(i).name()).toList();
  }

  private static int firstLeft(int[] candidates, int[] unmet) {
    for (int candidate : candidates) {
      if (unmet[candidate] > 0) {
        return candidate;
      }
    }
    throw new IllegalStateException("a step on a circle has a predecessor on it");
  }
}
