package ferry.submission;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.experiment.Budget;
import ferry.experiment.Objective;
import ferry.experiment.Search;
import ferry.experiment.SearchReader.Reading;
import ferry.search.Goal;
import ferry.search.SearchPlan;
import ferry.search.space.Space;
import ferry.search.space.SpaceReader;
import ferry.workflow.OneLiner;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What may be meant otherwise than it was written. */
class SearchWordsTest {

  private static List<String> doubts(String format, String command, String... texts) {
    var space =
        new Space(Stream.of(texts).map(text -> SpaceReader.parameter("--param", text)).toList());
    var search =
        new Search(SearchPlan.of(space, Goal.MAXIMIZE), Objective.printed("a"), Budget.NONE);
    var workflow = OneLiner.parse("w", command);
    return SearchWords.doubts(new Reading(workflow, search, format, List.of()));
  }

  @Test
  void aListWithoutBracketsIsDoubted() {
    assertThat(doubts("", "a {act} {lr}", "act=relu, tanh", "lr=0.0..1"))
        .containsExactly(
            "`act` is always `relu, tanh`; values to choose from are written `[relu, tanh]`");
    assertThat(doubts("", "a {act} {lr}", "act={relu,tanh}", "lr=0.0..1")).hasSize(1);
  }

  @Test
  void aRangeWithAnotherSignIsDoubted() {
    assertThat(doubts("", "a {act} {lr}", "lr=1e-4:1e-1", "act=[x, y]"))
        .containsExactly("`lr` is always `1e-4:1e-1`; a range is written `1e-4..1e-1`");
  }

  @Test
  void aSearchOfNothingIsTold() {
    assertThat(doubts("", "a {lr}", "lr=adam"))
        .containsExactly("every parameter has one value, so there is one trial to make");
  }

  @Test
  void aParameterOfAFileThatNoCommandNamesIsTold() {
    assertThat(doubts("ferry.yaml", "a {lr}", "lr=0.0..1", "layers=1..4"))
        .containsExactly(
            "no command uses the parameter `layers`; steps find it as $FERRY_PARAM_LAYERS");
    assertThat(doubts("ferry.yaml", "a", "lr=0.0..1", "layers=1..4"))
        .containsExactly(
            "no command uses a searched parameter; steps find all in the file $FERRY_PARAMS");
  }
}
