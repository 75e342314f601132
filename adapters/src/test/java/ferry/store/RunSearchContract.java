package ferry.store;

import static ferry.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.UserException;
import ferry.query.FilterReader;
import ferry.query.Vocabulary;
import ferry.run.RunStatus;
import ferry.tracking.Batch;
import ferry.tracking.Metric;
import ferry.tracking.NewRun;
import ferry.tracking.RunGroup;
import ferry.tracking.RunGroups;
import ferry.tracking.TrackedId;
import ferry.tracking.TrackedRuns;
import ferry.tracking.TrackedRuns.Search;
import ferry.tracking.TrackedRuns.Update;
import ferry.tracking.TrackedRuns.View;
import ferry.tracking.TrackingLog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store must find among tracked runs, and in which order. */
abstract class RunSearchContract extends StoreContract {
  private TrackedRuns runs() {
    return store().tracked();
  }

  private TrackingLog log() {
    return store().tracking();
  }

  private RunGroups groups() {
    return store().groups();
  }

  /** Runs a to e, one a minute: loss 3, 1, nothing, not a number, 2. */
  @BeforeEach
  void createRuns() {
    for (var name : List.of("a", "b", "c", "d", "e")) {
      runs()
          .create(
              new NewRun(
                  new TrackedId(name),
                  RunGroup.DEFAULT,
                  "run " + name,
                  "ada",
                  NOON.plusSeconds(60L * (name.charAt(0) - 'a')),
                  Optional.empty(),
                  Optional.empty(),
                  Map.of("letter", name)));
    }
    loss("a", 3);
    loss("b", 1);
    loss("d", Double.NaN);
    loss("e", 2);
    log().log(new TrackedId("a"), Batch.ofParams(Map.of("lr", "0.1", "Kind", "Big")));
    log().log(new TrackedId("b"), Batch.ofParams(Map.of("lr", "0.2")));
  }

  private void loss(String run, double value) {
    log().log(new TrackedId(run), Batch.ofMetrics(List.of(new Metric("loss", value, 1, NOON))));
  }

  private Stream<String> found(View view, int offset, int limit, String filter, String... orders) {
    var clauses = FilterReader.filter(filter, Vocabulary.RUNS);
    var order = Stream.of(orders).map(text -> FilterReader.order(text, Vocabulary.RUNS)).toList();
    var search = new Search(List.of(RunGroup.DEFAULT), view, clauses, order, offset, limit);
    return runs().search(search).stream().map(run -> run.id().value());
  }

  private Stream<String> found(String filter, String... orders) {
    return found(View.ACTIVE, 0, 100, filter, orders);
  }

  @Test
  void theLatestStartComesFirst() {
    assertThat(found("")).containsExactly("e", "d", "c", "b", "a");
  }

  @Test
  void aListByAMetricEndsWithWhatIsNoNumberAndWhatHasNone() {
    assertThat(found("", "metrics.loss ASC")).containsExactly("b", "e", "a", "d", "c");
    assertThat(found("", "metrics.loss DESC")).containsExactly("a", "e", "b", "d", "c");
  }

  @Test
  void pagesFollowEachOtherOverAllParts() {
    assertThat(found(View.ACTIVE, 0, 2, "", "metrics.loss ASC")).containsExactly("b", "e");
    assertThat(found(View.ACTIVE, 2, 2, "", "metrics.loss ASC")).containsExactly("a", "d");
    assertThat(found(View.ACTIVE, 4, 2, "", "metrics.loss ASC")).containsExactly("c");
    assertThat(found(View.ACTIVE, 5, 2, "", "metrics.loss ASC")).isEmpty();
  }

  @Test
  void aPageEndsWhereItsBytesDoAndTheNextGoesOnThere() {
    var text = "x".repeat(3000);
    for (var name : List.of("a", "b", "c", "d", "e")) {
      log().log(new TrackedId(name), Batch.ofParams(Map.of("text", text)));
    }

    assertThat(page(0, 8000)).isEqualTo("e d, more");
    assertThat(page(2, 8000)).isEqualTo("c b, more");
    assertThat(page(4, 8000)).isEqualTo("a, last");
    assertThat(page(0, 10)).isEqualTo("e, more");
    assertThat(page(0, 1_000_000)).isEqualTo("e d c b a, last");
  }

  private String page(int offset, long mostBytes) {
    var all = new Search(List.of(RunGroup.DEFAULT), View.ACTIVE, List.of(), List.of(), offset, 100);
    var page = runs().page(all, mostBytes);
    return page.runs().stream().map(run -> run.id().value()).collect(Collectors.joining(" "))
        + (page.isLast() ? ", last" : ", more");
  }

  @Test
  void aFilterAsksForMetricsParametersAndTags() {
    assertThat(found("metrics.loss > 1", "metrics.loss DESC")).containsExactly("a", "e");
    assertThat(found("metrics.loss != 1")).containsExactly("e", "d", "a");
    assertThat(found("metrics.loss <= 0")).isEmpty();
    assertThat(found("params.lr = '0.1'")).containsExactly("a");
    assertThat(found("params.lr != '0.1'")).containsExactly("b");
    assertThat(found("params.lr IS NULL")).containsExactly("e", "d", "c");
    assertThat(found("params.Kind LIKE 'b%'")).isEmpty();
    assertThat(found("params.Kind ILIKE 'b%'")).containsExactly("a");
    assertThat(found("tags.letter = 'c' and metrics.loss > 0")).isEmpty();
    assertThat(found("run_id IN ('a', 'b')")).containsExactly("b", "a");
    assertThat(found("run_name LIKE '%d'")).containsExactly("d");
    assertThat(found("start_time <= " + NOON.toEpochMilli())).containsExactly("a");
  }

  @Test
  void ordersMayBeSeveral() {
    assertThat(found("", "status ASC", "params.lr DESC", "run_id DESC"))
        .containsExactly("b", "a", "e", "d", "c");
  }

  @Test
  void aDeletedRunIsFoundWhereItIsAskedFor() {
    runs().setDeleted(new TrackedId("b"), true);

    assertThat(found("")).containsExactly("e", "d", "c", "a");
    assertThat(found(View.DELETED, 0, 10, "")).containsExactly("b");
    assertThat(found(View.ALL, 0, 10, "")).containsExactly("e", "d", "c", "b", "a");
  }

  @Test
  void aDeletedRunTakesNothing() {
    runs().setDeleted(new TrackedId("b"), true);

    assertThatThrownBy(() -> loss("b", 7)).isInstanceOf(UserException.class);
    runs().setDeleted(new TrackedId("b"), false);
    loss("b", 7);
  }

  @Test
  void anUpdateChangesWhatItNames() {
    var id = new TrackedId("a");

    runs()
        .update(
            id,
            new Update(
                Optional.of(RunStatus.FAILED),
                Optional.of(NOON.plusSeconds(5)),
                Optional.empty(),
                Optional.empty()));

    var run = runs().find(id).orElseThrow();
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.ended()).contains(NOON.plusSeconds(5));
    assertThat(run.name()).isEqualTo("run a");
    assertThat(found("status = 'failed'")).containsExactly("a");
  }

  @Test
  void theRunsOfADeletedGroupGoAndComeBackWithIt() {
    runs().setDeleted(new TrackedId("a"), true);

    groups().setDeleted(RunGroup.DEFAULT, true);
    assertThat(found("")).isEmpty();

    groups().setDeleted(RunGroup.DEFAULT, false);
    assertThat(found("")).containsExactly("e", "d", "c", "b");
  }

  @Test
  void aGroupsNameIsTakenOnce() {
    var made = groups().create("mine", Optional.empty(), Map.of("k", "v"));

    assertThat(groups().named("mine")).contains(made);
    assertThat(made.tags()).isEqualTo(Map.of("k", "v"));
    assertThatThrownBy(() -> groups().create("mine", Optional.empty(), Map.of()))
        .isInstanceOf(UserException.class);
  }
}
