package ferry.search;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.search.space.Parameter;
import ferry.search.space.Range;
import ferry.search.space.Space;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Hyperband over trials that a parameter tells how long to train. */
class HyperbandPacerTest {
  private static final SearchPlan PLAN =
      SearchPlan.of(Space.of(new Parameter("lr", Range.of(0, 1))), Goal.MINIMIZE)
          .withTrials(2, 1)
          .withLength(2)
          .withMethod("hyperband", Map.of("eta", "2", "length_parameter", "epochs"));

  private final Searcher searcher = new Searcher(PLAN);

  private List<SearchAction> ended(int trial) {
    return searcher.on(new SearchEvent.Ended(trial, Ending.FINISHED));
  }

  @Test
  void reportsEndNoneOfThemAndOnlyItsEndIsItsLength() {
    searcher.on(new SearchEvent.Begun());
    assertThat(searcher.on(new SearchEvent.Reported(1, 900, 0.5))).isEmpty();
    assertThat(searcher.trials().getFirst().length()).isZero();
    assertThat(ended(1)).singleElement().isInstanceOf(SearchAction.Create.class);
    assertThat(searcher.trials().getFirst().length()).isEqualTo(1);
  }

  @Test
  void theBestOfARungTrainsAgainAsLongAsTheNext() {
    var begun = searcher.on(new SearchEvent.Begun());
    assertThat(((SearchAction.Create) begun.getFirst()).length()).isEqualTo(OptionalLong.of(1));
    searcher.on(new SearchEvent.Reported(1, 1, 0.3));
    searcher.on(new SearchEvent.Reported(1, 1, 0.9));
    ended(1);
    searcher.on(new SearchEvent.Reported(2, 1, 0.5));
    assertThat(ended(2)).containsExactly(new SearchAction.Continue(1, 2));
    searcher.on(new SearchEvent.Reported(1, 1, 0.2));
    assertThat(ended(1)).containsExactly(new SearchAction.Finish("all 2 trials are done"));
    assertThat(searcher.trials().getFirst().length()).isEqualTo(2);
  }
}
