package ferry.submission;

import ferry.backend.CodeKeeper;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.error.UserException;
import ferry.experiment.Written;
import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.run.RunState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The copies of the code in which trials and scheduled runs work: made before a run begins, and
 * settled when it has ended. What a run made stays in its copy; what it found there and left as it
 * was takes no room any more.
 */
final class OwnCopies {
  private final CodeKeeper code;
  private final TrialFiles files;

  OwnCopies(CodeKeeper code, TrialFiles files) {
    this.code = code;
    this.files = files;
  }

  /** Where a run works: in a copy of its own where the code was kept. */
  Place make(RunId run, Plan template) {
    var typed = template.place();
    var snapshot = template.code().snapshot();
    if (snapshot.isEmpty()) {
      return typed;
    }
    var copy = files.emptyDirectory(run);
    code.restore(snapshot.get(), Path.of(typed.directory()), copy)
        .ifPresent(brought -> files.keepBrought(run, brought));
    return new Place(copy.toString(), typed.environment(), typed.user(), typed.host());
  }

  /**
   * Settles the copy of a run that has ended; a second time there is nothing to be done.
   *
   * @param state how the run ended: in the log of its last attempt is said what was written through
   *     a link
   * @return the paths of links through which something was written, as far as can be seen
   */
  List<String> settle(RunId run, Plan template, RunState state, Written.By by) {
    var last = last(run, state);
    try {
      var brought = files.brought(run);
      if (brought.isEmpty()) {
        return List.of();
      }
      var original = Path.of(template.place().directory());
      var written = code.settle(brought.get(), original, files.directory(run));
      files.forgetBrought(run);
      if (Elsewhere.is(template)) {
        return List.of(); // whether anybody worked in it there is not known
      }
      written.forEach(path -> say(last, Written.words(path, "this " + by.one() + " ran", by)));
      return written;
    } catch (UserException trouble) {
      say(last, "its copy stays as it is: " + trouble.error().message());
      return List.of();
    }
  }

  private void say(Optional<AttemptId> last, String words) {
    try {
      last.ifPresent(attempt -> files.say(attempt, "ferry: " + words));
    } catch (UserException _) {
      // A log that cannot be written to goes without; what was written is told all the same.
    }
  }

  /** The attempt whose log people look at last. */
  private static Optional<AttemptId> last(RunId run, RunState state) {
    for (int i = state.size() - 1; i >= 0; i--) {
      var step = state.stepRun(i);
      if (step.state().attempt() > 0) {
        return Optional.of(new AttemptId(run, step.name(), step.state().attempt()));
      }
    }
    return Optional.empty();
  }
}
