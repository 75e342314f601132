package ferry.store;

import static ferry.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.registry.LoggedModel;
import ferry.registry.LoggedModels;
import ferry.registry.ModelVersion;
import ferry.registry.Promotions;
import ferry.registry.Stage;
import ferry.tracking.Batch;
import ferry.tracking.Metric;
import ferry.tracking.NewRun;
import ferry.tracking.RunGroup;
import ferry.tracking.TrackedId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store must do with the models that runs log. */
abstract class LoggedModelsContract extends StoreContract {
  private static final TrackedId RUN = new TrackedId("run");

  private LoggedModels models() {
    return store().loggedModels();
  }

  private static LoggedModel model(String id, Instant created) {
    return new LoggedModel(
        id,
        RunGroup.DEFAULT,
        "trée",
        "sklearn",
        Optional.of(RUN),
        LoggedModel.State.PENDING,
        created,
        created,
        "mlflow-artifacts:/0/models/" + id,
        Map.of("depth", "3"),
        Map.of("team", "blue"),
        List.of());
  }

  private static LoggedModel.Measure measure(double value, long step) {
    return new LoggedModel.Measure(new Metric("accuracy", value, step, NOON), RUN, "test", "d1");
  }

  @Test
  void aModelComesBackAsItWasLogged() {
    models().create(model("m-1", NOON));

    restart();

    assertThat(models().find("m-1")).contains(model("m-1", NOON));
    assertThat(models().find("m-2")).isEmpty();
  }

  @Test
  void modelsOfGroupsComeNewestFirst() {
    models().create(model("m-1", NOON));
    models().create(model("m-2", NOON.plusMillis(1)));

    assertThat(models().of(List.of(RunGroup.DEFAULT, "77", "no number")))
        .extracting(LoggedModel::id)
        .containsExactly("m-2", "m-1");
  }

  @Test
  void aRuleAsksForWhatTheRunHadWhenItsModelWasLoggedWhereThatIsNewer() {
    store()
        .tracked()
        .create(
            new NewRun(
                RUN,
                RunGroup.DEFAULT,
                "r",
                "ada",
                NOON,
                Optional.empty(),
                Optional.empty(),
                Map.of()));
    models().create(model("m-1", NOON.plusSeconds(9)));
    models().measure("m-1", measure(0.5, 0));
    models().measure("m-1", new LoggedModel.Measure(point("loss", 7, 10), RUN, "test", "d1"));
    log(point("accuracy", 0.5, 0), point("accuracy", 0.9, 8), point("loss", 8, 5));
    var version =
        new ModelVersion(
            "digits",
            1,
            Stage.NONE,
            "",
            "ada",
            NOON,
            NOON,
            "models:/m-1",
            Optional.of(RUN),
            Optional.empty(),
            Optional.of("m-1"),
            Map.of());
    var promotions =
        new Promotions(store().models(), models(), store().tracked(), InstantSource.system());

    assertThat(promotions.metrics(version)).isEqualTo(Map.of("accuracy", 0.9, "loss", 7.0));
    log(point("accuracy", 0.1, 20));
    assertThat(promotions.metrics(version)).isEqualTo(Map.of("accuracy", 0.5, "loss", 7.0));
  }

  /** So many seconds after noon, which is its step, too. */
  private static Metric point(String key, double value, long step) {
    return new Metric(key, value, step, NOON.plusSeconds(step));
  }

  private void log(Metric... points) {
    store().tracking().log(RUN, Batch.ofMetrics(List.of(points)));
  }

  @Test
  void theNewestMeasureOfADataSetCounts() {
    models().create(model("m-1", NOON));

    models().measure("m-1", measure(0.5, 2));
    models().measure("m-1", measure(0.4, 1));
    assertThat(models().find("m-1").orElseThrow().metrics()).containsExactly(measure(0.5, 2));
    models().measure("m-1", measure(Double.NaN, 3));

    assertThat(models().find("m-1").orElseThrow().metrics())
        .containsExactly(measure(Double.NaN, 3));
  }

  @Test
  void aChangeIsKept() {
    models().create(model("m-1", NOON));

    models().change("m-1", model -> model.withState(LoggedModel.State.READY));

    assertThat(models().find("m-1").orElseThrow().state()).isEqualTo(LoggedModel.State.READY);
    assertThatThrownBy(() -> models().change("m-2", model -> model)).hasMessageContaining("m-2");
  }

  @Test
  void aDeletedModelIsNotFound() {
    models().create(model("m-1", NOON));

    models().delete("m-1");

    assertThat(models().find("m-1")).isEmpty();
    assertThat(models().of(List.of(RunGroup.DEFAULT))).isEmpty();
    assertThatThrownBy(() -> models().delete("m-1")).hasMessageContaining("m-1");
  }
}
