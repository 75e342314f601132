package ferry.store;

import static ferry.store.Samples.NOON;
import static ferry.store.Samples.plan;
import static ferry.store.Samples.submitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.backend.Origin;
import ferry.backend.Plan;
import ferry.error.UserException;
import ferry.query.FilterReader;
import ferry.query.Vocabulary;
import ferry.run.RunId;
import ferry.run.RunStatus;
import ferry.tracking.Batch;
import ferry.tracking.Metric;
import ferry.tracking.NewRun;
import ferry.tracking.RunGroup;
import ferry.tracking.RunTable;
import ferry.tracking.RunTable.By;
import ferry.tracking.TrackedId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How every store must sort and filter runs. */
abstract class RunTableContract extends StoreContract {

  /** Runs a to d, one a minute; of a metric they have 3, 1, nothing, 2. */
  @BeforeEach
  void submit() {
    var minute = 0;
    for (var id : List.of("hello-aaaaa", "hello-bbbbb", "hello-ccccc", "hello-ddddd")) {
      var at = NOON.plusSeconds(60L * minute++);
      store().journal().append(List.of(submitted(plan(id, at))));
    }
    accuracy("hello-aaaaa", 3);
    accuracy("hello-bbbbb", 1);
    accuracy("hello-ddddd", 2);
    log("hello-aaaaa", Batch.ofParams(Map.of("lr", "9")));
    log("hello-bbbbb", Batch.ofParams(Map.of("lr", "0.1")));
    log("hello-ccccc", Batch.ofParams(Map.of("lr", "auto")));
    log("hello-ddddd", Batch.ofParams(Map.of("lr", "1e+1")));
    log("hello-ccccc", Batch.ofTags(Map.of(RunTable.STAR, "true")));
  }

  private void accuracy(String run, double value) {
    log(run, Batch.ofMetrics(List.of(new Metric("accuracy", value, 1, NOON))));
  }

  private void log(String run, Batch batch) {
    store().tracking().log(TrackedId.of(new RunId(run)), batch);
  }

  private static Plan trial(String id, String experiment) {
    var plan = plan(id, NOON);
    var origin =
        new Origin(
            Origin.Kind.TRIAL,
            plan.origin().text(),
            Optional.empty(),
            Optional.of(new RunId(experiment)));
    return new Plan(
        plan.id(),
        plan.workflow(),
        plan.backend(),
        plan.place(),
        origin,
        plan.code(),
        plan.digest(),
        plan.submitted());
  }

  private static RunTable.Query query(By by, boolean falling) {
    return query(by, falling, true);
  }

  private static RunTable.Query query(By by, boolean falling, boolean trials) {
    return new RunTable.Query(
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        trials,
        false,
        List.of(),
        by,
        falling,
        Optional.empty(),
        100);
  }

  private List<String> ids(RunTable.Query query) {
    return store().table().list(query).stream().map(run -> run.id().value()).toList();
  }

  private List<String> where(String filter) {
    return ids(
        new RunTable.Query(
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            true,
            false,
            FilterReader.filter(filter, Vocabulary.RUNS),
            new By.Submitted(),
            true,
            Optional.empty(),
            100));
  }

  @Test
  void runsAreSortedByAMetricAndThoseWithoutAreLeftOut() {
    assertThat(ids(query(new By.Metric("accuracy"), true)))
        .containsExactly("hello-aaaaa", "hello-ddddd", "hello-bbbbb");
    assertThat(ids(query(new By.Metric("accuracy"), false)))
        .containsExactly("hello-bbbbb", "hello-ddddd", "hello-aaaaa");
    assertThat(ids(query(new By.Metric("other"), true))).isEmpty();
  }

  @Test
  void runsAreSortedByAParameterAsANumberWhereItIsOne() {
    assertThat(ids(query(new By.Parameter("lr"), false)))
        .containsExactly("hello-bbbbb", "hello-aaaaa", "hello-ddddd", "hello-ccccc");
    assertThat(ids(query(new By.Parameter("lr"), true)))
        .containsExactly("hello-ccccc", "hello-ddddd", "hello-aaaaa", "hello-bbbbb");
    assertThat(ids(query(new By.Parameter("other"), true))).isEmpty();
  }

  @Test
  void aRunIsInASortedTableOnceByWhatIsFurthestAheadAmongItsParts() {
    for (var part : List.of("x", "y")) {
      var run = new RunId("hello-bbbbb");
      var opened =
          new NewRun(
              new TrackedId(part),
              RunGroup.DEFAULT,
              part,
              "ada",
              NOON,
              Optional.of(TrackedId.of(run)),
              Optional.of(run),
              Map.of());
      store().tracked().create(opened);
    }
    for (var part : Map.of("x", "50", "y", "many").entrySet()) {
      var id = new TrackedId(part.getKey());
      store().tracking().log(id, Batch.ofParams(Map.of("lr", part.getValue())));
      store().tracking().log(id, Batch.ofMetrics(List.of(new Metric("accuracy", 50, 1, NOON))));
    }

    assertThat(ids(query(new By.Parameter("lr"), false)))
        .containsExactly("hello-bbbbb", "hello-aaaaa", "hello-ddddd", "hello-ccccc");
    assertThat(ids(query(new By.Parameter("lr"), true)))
        .containsExactly("hello-bbbbb", "hello-ccccc", "hello-ddddd", "hello-aaaaa");
    assertThat(ids(query(new By.Metric("accuracy"), true)))
        .containsExactly("hello-bbbbb", "hello-aaaaa", "hello-ddddd");
    assertThat(ids(query(new By.Metric("accuracy"), false)))
        .containsExactly("hello-bbbbb", "hello-ddddd", "hello-aaaaa");
  }

  @Test
  void aSortedListLeavesOutTheRunsOfTrials() {
    store().journal().append(List.of(submitted(trial("search-1", "search"))));
    accuracy("search-1", 9);

    assertThat(ids(query(new By.Metric("accuracy"), true, true))).first().isEqualTo("search-1");
    assertThat(ids(query(new By.Metric("accuracy"), true, false)))
        .containsExactly("hello-aaaaa", "hello-ddddd", "hello-bbbbb");
  }

  @Test
  void eachOrderGoesOnAfterARun() {
    for (var by :
        List.of(
            new By.Submitted(),
            new By.Lasted(),
            new By.Workflow(),
            new By.State(),
            new By.User(),
            new By.Metric("accuracy"),
            new By.Parameter("lr"))) {
      for (var falling : List.of(true, false)) {
        var whole = ids(query(by, falling));

        assertThat(pages(query(by, falling))).as("%s", by).isEqualTo(whole);
        assertThat(whole).as("%s", by).hasSizeGreaterThan(2);
      }
    }
  }

  private List<String> pages(RunTable.Query query) {
    var all = new ArrayList<String>();
    var after = Optional.<RunId>empty();
    do {
      var page = store().table().list(next(query, after));
      page.forEach(run -> all.add(run.id().value()));
      after = page.isEmpty() ? Optional.empty() : Optional.of(page.getLast().id());
    } while (after.isPresent());
    return all;
  }

  private static RunTable.Query next(RunTable.Query query, Optional<RunId> after) {
    return new RunTable.Query(
        query.statuses(),
        query.workflow(),
        query.text(),
        query.trials(),
        query.starred(),
        query.where(),
        query.by(),
        query.falling(),
        after,
        1);
  }

  @Test
  void aListDoesNotGoOnAfterARunThatIsNotThere() {
    var after = next(query(new By.Submitted(), true), Optional.of(new RunId("hello-eeeee")));

    assertThatThrownBy(() -> store().table().list(after)).isInstanceOf(UserException.class);
  }

  @Test
  void clausesLeaveTheRunsForWhichTheyHold() {
    assertThat(where("metrics.accuracy > 1")).containsExactly("hello-ddddd", "hello-aaaaa");
    assertThat(where("metrics.accuracy < 3 and params.lr = '0.1'")).containsExactly("hello-bbbbb");
    assertThat(where("params.lr LIKE '0%'")).containsExactly("hello-bbbbb");
  }

  @Test
  void textStatesAndStarsLeaveFewer() {
    assertThat(ids(filtered(Set.of(), Optional.of("HELLO-C"), false)))
        .containsExactly("hello-ccccc");
    assertThat(ids(filtered(Set.of(), Optional.empty(), true))).containsExactly("hello-ccccc");
    assertThat(ids(filtered(Set.of(RunStatus.FAILED), Optional.empty(), false))).isEmpty();
    assertThat(ids(filtered(Set.of(RunStatus.WAITING), Optional.empty(), false))).hasSize(4);
  }

  private static RunTable.Query filtered(
      Set<RunStatus> statuses, Optional<String> text, boolean starred) {
    return new RunTable.Query(
        statuses,
        Optional.of("hello"),
        text,
        true,
        starred,
        List.of(),
        new By.Submitted(),
        true,
        Optional.empty(),
        100);
  }
}
