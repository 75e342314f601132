package ferry.server;

import ferry.error.RequestError;
import ferry.experiment.ExperimentBook;
import ferry.experiment.ExperimentSummary;
import ferry.experiment.TrialRecord;
import ferry.run.RunId;
import java.util.List;
import java.util.Optional;

/**
 * Finds the experiment that somebody means: by its id, by the beginning of it, or as the latest.
 */
final class ExperimentLookup {
  private static final String LATEST = "latest";

  private final ExperimentBook book;

  ExperimentLookup(ExperimentBook book) {
    this.book = book;
  }

  ExperimentSummary find(String word) {
    if (word.equals(LATEST)) {
      return book.list(Optional.empty(), 1).stream()
          .findFirst()
          .orElseThrow(() -> notFound(word, Optional.empty()));
    }
    var candidates = book.startingWith(word);
    var exact = candidates.stream().filter(id -> id.value().equals(word)).findFirst();
    if (exact.isEmpty() && candidates.size() > 1) {
      var names = String.join(", ", candidates.stream().map(RunId::value).toList());
      throw new RequestError.BadRequest(
              "`" + word + "` is the beginning of several experiments: " + names,
              List.of("write more of the one you mean"))
          .thrown();
    }
    return exact
        .or(() -> candidates.stream().findFirst())
        .flatMap(book::find)
        .orElseThrow(() -> notFound(word, nearest(word)));
  }

  TrialRecord trial(ExperimentSummary experiment, String number) {
    return number(number)
        .flatMap(wanted -> book.trial(experiment.id(), wanted))
        .orElseThrow(() ->
            new RequestError.NotFound("trial", experiment.id() + "/" + number, Optional.empty())
                .thrown());
  }

  private static Optional<Integer> number(String text) {
    return text.matches("[0-9]{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }

  private Optional<String> nearest(String word) {
    int dash = word.lastIndexOf('-');
    var beginning =
        dash > 0 ? word.substring(0, dash + 1) : word.substring(0, Math.min(3, word.length()));
    return book.startingWith(beginning).stream().map(RunId::value).findFirst();
  }

  private static RuntimeException notFound(String word, Optional<String> nearest) {
    return new RequestError.NotFound("experiment", word, nearest).thrown();
  }
}
