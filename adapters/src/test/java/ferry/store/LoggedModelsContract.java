package ferry.store;

import static ferry.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.registry.LoggedModel;
import ferry.registry.LoggedModels;
import ferry.tracking.Metric;
import ferry.tracking.RunGroup;
import ferry.tracking.TrackedId;
import java.time.Instant;
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
