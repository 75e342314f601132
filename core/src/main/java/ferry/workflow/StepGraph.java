package ferry.workflow;

import ferry.error.CommandError;
import ferry.error.DefinitionError;
import ferry.error.Location;
import ferry.error.UserException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The steps of a one-liner and which of them follow which, as they are read from left to right.
 * Steps that nothing follows yet lie on one stack; an arrow takes those of the element before it.
 * So every step is put on and taken off once, however deep branches are nested.
 */
final class StepGraph {
  private static final long MOST_LINKS = 1_000_000;

  /** Steps that others wait for; shared by all that wait. */
  private static final class Batch {
    static final Batch NONE = new Batch(new int[0]);

    final int[] steps;
    List<String> names = List.of();

    Batch(int[] steps) {
      this.steps = steps;
    }
  }

  private record Branches(int bracket, Batch incoming, int element) {}

  private record Command(Optional<String> given, String script, Batch after, int position) {}

  private final String text;
  private final List<Command> commands = new ArrayList<>();
  private final Deque<Branches> branches = new ArrayDeque<>();
  private int[] unfollowed = new int[16];
  private int unfollowedCount;
  private Batch incoming = Batch.NONE;
  private int element;
  private int arrow;
  private long links;

  StepGraph(String text) {
    this.text = text;
  }

  /** The offset of the bracket whose branches are being read. */
  Optional<Integer> innermost() {
    return Optional.ofNullable(branches.peek()).map(Branches::bracket);
  }

  void command(Optional<String> given, String script, int position) {
    links += incoming.steps.length;
    if (links > MOST_LINKS) {
      var place = Location.of(OneLiner.SOURCE, text, arrow, arrow + 2);
      throw new UserException(new CommandError.TooManyLinks(MOST_LINKS), place);
    }
    if (unfollowedCount == unfollowed.length) {
      unfollowed = Arrays.copyOf(unfollowed, 2 * unfollowedCount);
    }
    unfollowed[unfollowedCount++] = commands.size();
    commands.add(new Command(given, script, incoming, position));
  }

  void open(int bracket) {
    branches.push(new Branches(bracket, incoming, element));
    element = unfollowedCount;
  }

  void nextBranch() {
    incoming = branches.element().incoming;
    element = unfollowedCount;
  }

  void close() {
    element = branches.pop().element;
  }

  void arrow(int position) {
    arrow = position;
    incoming = new Batch(Arrays.copyOfRange(unfollowed, element, unfollowedCount));
    unfollowedCount = element;
  }

  /** The workflow of all steps read. */
  Workflow workflow(String name) {
    var names = StepNames.of(commands.stream().map(Command::script).toList(), given());
    var steps = new ArrayList<Step>(commands.size());
    for (int i = 0; i < names.size(); i++) {
      var command = commands.get(i);
      var shell = new ferry.workflow.Command.Shell(command.script);
      steps.add(Step.named(names.get(i), shell).after(after(command.after, names)).build());
    }
    return Workflow.of(name, steps.toArray(Step[]::new));
  }

  private List<Optional<String>> given() {
    var seen = new HashSet<String>();
    for (var command : commands) {
      if (command.given.isPresent() && !seen.add(command.given.get())) {
        var duplicate = command.given.get();
        int start = text.lastIndexOf(duplicate + ":", command.position);
        throw new DefinitionError.DuplicateStep(duplicate)
            .thrown()
            .at(Location.of(OneLiner.SOURCE, text, start, start + duplicate.length()));
      }
    }
    return commands.stream().map(Command::given).toList();
  }

  private static List<String> after(Batch batch, List<String> names) {
    if (batch.names.isEmpty()) {
      batch.names = Arrays.stream(batch.steps).mapToObj(names::get).toList();
    }
    return batch.names;
  }
}
