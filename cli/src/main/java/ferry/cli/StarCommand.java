package ferry.cli;

import ferry.cli.terminal.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Puts a star on runs, so that they are kept, or takes it away. */
final class StarCommand implements Command {
  private final boolean starred;

  StarCommand(boolean starred) {
    this.starred = starred;
  }

  @Override
  public CommandSpec spec() {
    return Options.asking(
            starred ? "star" : "unstar",
            starred
                ? "Puts a star on runs: no retention removes them, `ferry runs --starred` lists"
                    + " them."
                : "Takes the star from runs.")
        .addPositional(Options.words("[RUN…]", "The runs; the latest where none is named."));
  }

  @Override
  public int run(Invocation given, Session session) {
    var runs = new ArrayList<String>();
    List<String> words = given.words(Integer.MAX_VALUE);
    for (var word : words.isEmpty() ? List.of("latest") : words) {
      runs.add(session.client().get(session.pathOf(Optional.of(word))).text("id"));
    }
    for (var run : runs) {
      var path = Session.runPath(Optional.of(run)) + "/star";
      if (starred) {
        session.client().put(path);
      } else {
        session.client().delete(path);
      }
      session.err().println((starred ? "starred " : "unstarred ") + SafeText.line(run));
    }
    return 0;
  }
}
