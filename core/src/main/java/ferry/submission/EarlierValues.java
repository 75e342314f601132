package ferry.submission;

import ferry.error.TemplateError;
import ferry.error.UserException;
import ferry.workflow.Command;
import ferry.workflow.Dag;
import ferry.workflow.OneLiner;
import ferry.workflow.Placeholder;
import ferry.workflow.ShellTemplate;
import ferry.workflow.Workflow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Whether the values that the steps of a one-liner use come from steps that have run by then. In a
 * file such a step comes first by itself; in a one-liner the arrows say what comes first.
 */
record EarlierValues(Dag dag, ShellTemplate whole) {

  /** A place where a step uses a value. */
  private record Use(int step, Placeholder value) {}

  /**
   * Refuses a value of a step that is not before the one that uses it.
   *
   * @param whole the one-liner that the workflow was made of
   */
  static void refuseOthers(Workflow workflow, ShellTemplate whole) {
    if (whole.placeholders().stream().anyMatch(each -> each.name().indexOf('.') > 0)) {
      new EarlierValues(Dag.of(workflow), whole).refuseOthers();
    }
  }

  private void refuseOthers() {
    var uses = uses();
    for (int i = 0; i < uses.size(); i++) {
      var use = uses.get(i);
      int dot = use.value.name().indexOf('.');
      int source = dot < 0 ? -1 : dag.position(use.value.name().substring(0, dot));
      if (source >= 0 && !isBefore(source, use.step)) {
        throw refused(use, uses.size() == whole.placeholders().size() ? i : -1);
      }
    }
  }

  /** In the order written, which is that of the whole's placeholders. */
  private List<Use> uses() {
    var uses = new ArrayList<Use>();
    for (int i = 0; i < dag.size(); i++) {
      if (dag.step(i).command() instanceof Command.Shell(var script)) {
        for (var placeholder : ShellTemplate.parse(script).placeholders()) {
          uses.add(new Use(i, placeholder));
        }
      }
    }
    return uses;
  }

  private boolean isBefore(int source, int step) {
    var seen = new BitSet();
    var open = new ArrayList<>(List.of(step));
    while (!open.isEmpty()) {
      for (int before : dag.before(open.removeLast())) {
        if (before == source) {
          return true;
        }
        if (!seen.get(before)) {
          seen.set(before);
          open.add(before);
        }
      }
    }
    return false;
  }

  private UserException refused(Use use, int index) {
    var error = new TemplateError.NotEarlier(use.value.name(), dag.step(use.step).name()).thrown();
    return index < 0
        ? error
        : error.at(whole.placeholders().get(index).location(OneLiner.SOURCE, whole.command()));
  }
}
