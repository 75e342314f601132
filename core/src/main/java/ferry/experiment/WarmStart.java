package ferry.experiment;

import ferry.error.RequestError;
import ferry.run.RunId;
import ferry.search.Observation;
import ferry.search.SearchPlan;
import ferry.search.space.Point;
import ferry.search.space.Space;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an earlier experiment found, as the beginning of another. */
public final class WarmStart {
  private final ExperimentBook book;

  public WarmStart(ExperimentBook book) {
    this.book = book;
  }

  /**
   * The search with what its earlier experiment found, as far as it lies in its own space.
   *
   * @throws ferry.error.UserException where there is no such experiment, or it wanted the opposite
   */
  public Search of(Search search) {
    if (search.warmStart().isEmpty()) {
      return search;
    }
    var earlier = find(search.warmStart().get());
    var plan = search.plan();
    var before = book.experiment(earlier).orElseThrow().search();
    if (before.goal() != plan.goal()) {
      throw new RequestError.BadRequest(
              "experiment `"
                  + earlier
                  + "` "
                  + word(before)
                  + "s its metric, and this one "
                  + word(plan)
                  + "s it",
              List.of("begin with one that wants the same"))
          .thrown();
    }
    var found =
        book.trials(earlier, 0, Integer.MAX_VALUE).stream()
            .filter(trial -> trial.metric().isPresent() && fits(plan.space(), trial.point()))
            .map(trial -> new Observation(trial.point(), trial.metric().getAsDouble()))
            .toList();
    return new Search(
        plan.withEarlier(found), search.objective(), search.budget(), search.warmStart());
  }

  private RunId find(String word) {
    var all = book.startingWith(word);
    var exact = all.stream().filter(id -> id.value().equals(word)).findFirst();
    if (exact.isPresent()) {
      return exact.get();
    }
    if (all.size() == 1) {
      return all.getFirst();
    }
    var near = all.stream().map(RunId::value).findFirst();
    throw new RequestError.NotFound("experiment", word, near).thrown();
  }

  private static String word(SearchPlan plan) {
    return plan.goal().name().toLowerCase(Locale.ROOT);
  }

  private static boolean fits(Space space, Point point) {
    return space.parameters().stream()
        .allMatch(parameter -> {
          Optional<ferry.search.space.Value> value = point.get(parameter.name());
          return value.isEmpty()
              ? parameter.condition().isPresent()
              : parameter.domain().contains(value.get());
        });
  }
}
