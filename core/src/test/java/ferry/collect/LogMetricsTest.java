package ferry.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The files that these tests read are what the libraries themselves printed. */
class LogMetricsTest {

  @Test
  void kerasTellsTheEndOfEachEpochWithOrWithoutBars() throws IOException {
    assertThat(seen("keras.log"))
        .containsExactly(
            "Keras: accuracy = 0.4688 @1",
            "Keras: loss = 0.7021 @1",
            "Keras: accuracy = 0.4688 @1",
            "Keras: loss = 0.7021 @1",
            "Keras: val_accuracy = 0.125 @1",
            "Keras: val_loss = 0.7362 @1",
            "Keras: accuracy = 0.4792 @2",
            "Keras: loss = 0.7014 @2",
            "Keras: val_accuracy = 0.125 @2",
            "Keras: val_loss = 0.7344 @2",
            "Keras: accuracy = 0.4792 @1",
            "Keras: loss = 0.7005 @1",
            "Keras: val_accuracy = 0.0938 @1",
            "Keras: val_loss = 0.7332 @1",
            "Keras: accuracy = 0.4688 @2",
            "Keras: loss = 0.7 @2",
            "Keras: val_accuracy = 0.0938 @2",
            "Keras: val_loss = 0.7323 @2",
            "Keras: accuracy = 0.375 @2",
            "Keras: loss = 0.7078 @2",
            "Keras: accuracy = 0.375 @2",
            "Keras: loss = 0.7078 @2");
  }

  @Test
  void tqdmTellsWhatStandsBehindItsRate() throws IOException {
    assertThat(seen("tqdm.log"))
        .containsExactly(
            "tqdm: acc = 0.0 @0",
            "tqdm: loss = 1.0 @0",
            "tqdm: acc = 0.25 @1",
            "tqdm: loss = 0.5 @1",
            "tqdm: acc = 0.5 @2",
            "tqdm: loss = 0.333 @2",
            "tqdm: acc = 0.75 @3",
            "tqdm: loss = 0.25 @3",
            "tqdm: acc = 0.75 @4",
            "tqdm: loss = 0.25 @4",
            "tqdm: acc = 0.75 @4",
            "tqdm: loss = 0.25 @4",
            "tqdm: train_loss = 0.167 @0",
            "tqdm: train_loss = 0.167 @1");
  }

  @Test
  void lightningTellsEachEpochOnceItIsValidatedAndItsTables() throws IOException {
    assertThat(seen("lightning.log"))
        .containsExactly(
            "tqdm: train_loss = 0.783 @0",
            "tqdm: train_acc = 0.312 @0",
            "tqdm: val_loss = 0.747 @0",
            "tqdm: val_acc = 0.406 @0",
            "Lightning: test_acc = 0.421875",
            "Lightning: test_loss = 0.7431212663650513",
            "Lightning: val_acc = 0.421875",
            "Lightning: val_loss = 0.7431212663650513",
            "tqdm: train_loss = 0.775 @1",
            "tqdm: train_acc = 0.312 @1",
            "tqdm: val_loss = 0.743 @1",
            "tqdm: val_acc = 0.422 @1");
  }

  @Test
  void lightningTellsTheSameWithRicherBars() throws IOException {
    assertThat(seen("lightning-rich.log"))
        .containsExactly(
            "name=value: train_loss = 0.76 @1",
            "name=value: train_acc = 0.438 @1",
            "name=value: val_loss = 0.713 @1",
            "name=value: val_acc = 0.5 @1",
            "Lightning: test_acc = 0.5",
            "Lightning: test_loss = 0.7128627300262451",
            "Lightning: val_acc = 0.5",
            "Lightning: val_loss = 0.7128627300262451");
  }

  @Test
  void theTrainerOfHuggingFaceTellsItsDictionariesAndItsSummary() throws IOException {
    assertThat(seen("huggingface.log"))
        .containsExactly(
            "HuggingFace: loss = 0.6924 @1",
            "HuggingFace: grad_norm = 0.2199 @1",
            "HuggingFace: learning_rate = 3.75E-5 @1",
            "HuggingFace: eval_loss = 0.6927 @1",
            "HuggingFace: eval_accuracy = 0.625 @1",
            "HuggingFace: eval_runtime = 0.3756 @1",
            "HuggingFace: eval_samples_per_second = 42.59 @1",
            "HuggingFace: eval_steps_per_second = 5.324 @1",
            "HuggingFace: loss = 0.693 @2",
            "HuggingFace: grad_norm = 0.1005 @2",
            "HuggingFace: learning_rate = 1.25E-5 @2",
            "HuggingFace: eval_loss = 0.6943 @2",
            "HuggingFace: eval_accuracy = 0.3125 @2",
            "HuggingFace: eval_runtime = 0.6628 @2",
            "HuggingFace: eval_samples_per_second = 24.14 @2",
            "HuggingFace: eval_steps_per_second = 3.018 @2",
            "HuggingFace: train_runtime = 4.703 @2",
            "HuggingFace: train_samples_per_second = 6.804 @2",
            "HuggingFace: train_steps_per_second = 0.85 @2",
            "HuggingFace: train_loss = 0.6927 @2",
            "name=value: train_loss = 0.6927 @2",
            "name=value: train_samples_per_second = 6.804 @2",
            "name=value: train_steps_per_second = 0.85 @2",
            "name=value: eval_accuracy = 0.5 @2",
            "name=value: eval_loss = 0.6934 @2",
            "name=value: eval_samples_per_second = 46.709 @2",
            "name=value: eval_steps_per_second = 5.839 @2");
  }

  @Test
  void xgboostTellsItsRounds() throws IOException {
    assertThat(seen("xgboost.log"))
        .containsExactly(
            "XGBoost: train-rmse = 0.29869 @0",
            "XGBoost: train-mae = 0.24124 @0",
            "XGBoost: valid-rmse = 0.29869 @0",
            "XGBoost: valid-mae = 0.24124 @0",
            "XGBoost: train-rmse = 0.2195 @1",
            "XGBoost: train-mae = 0.17474 @1",
            "XGBoost: valid-rmse = 0.2195 @1",
            "XGBoost: valid-mae = 0.17474 @1",
            "XGBoost: train-rmse = 0.16266 @2",
            "XGBoost: train-mae = 0.12737 @2",
            "XGBoost: valid-rmse = 0.16266 @2",
            "XGBoost: valid-mae = 0.12737 @2",
            "XGBoost: validation_0-logloss = 0.4799 @0",
            "XGBoost: validation_0-logloss = 0.34906 @1",
            "XGBoost: train-rmse = 0.3172 @0",
            "XGBoost: test-rmse = 0.32782 @0",
            "XGBoost: train-rmse = 0.25127 @1",
            "XGBoost: test-rmse = 0.27053 @1");
  }

  @Test
  void lightgbmTellsItsRounds() throws IOException {
    assertThat(seen("lightgbm.log"))
        .containsExactly(
            "LightGBM: training binary_logloss = 0.61485 @1",
            "LightGBM: training auc = 0.984711 @1",
            "LightGBM: valid_1 binary_logloss = 0.609614 @1",
            "LightGBM: valid_1 auc = 0.991313 @1",
            "LightGBM: training binary_logloss = 0.550704 @2",
            "LightGBM: training auc = 0.988986 @2",
            "LightGBM: valid_1 binary_logloss = 0.544582 @2",
            "LightGBM: valid_1 auc = 0.991919 @2",
            "LightGBM: training binary_logloss = 0.497082 @3",
            "LightGBM: training auc = 0.990206 @3",
            "LightGBM: valid_1 binary_logloss = 0.491915 @3",
            "LightGBM: valid_1 auc = 0.991919 @3",
            "LightGBM: training binary_logloss = 0.44901 @4",
            "LightGBM: training auc = 0.993944 @4",
            "LightGBM: valid_1 binary_logloss = 0.442768 @4",
            "LightGBM: valid_1 auc = 0.996768 @4",
            "LightGBM: training binary_logloss = 0.44901 @4",
            "LightGBM: training auc = 0.993944 @4",
            "LightGBM: valid_1 binary_logloss = 0.442768 @4",
            "LightGBM: valid_1 auc = 0.996768 @4",
            "LightGBM: valid binary_logloss = 0.624307 @1",
            "LightGBM: valid binary_logloss = 0.569585 @2");
  }

  @Test
  void catboostTellsItsRounds() throws IOException {
    assertThat(seen("catboost.log"))
        .containsExactly(
            "CatBoost: learn = 0.2311507 @0",
            "CatBoost: test = 0.214658 @0",
            "CatBoost: best = 0.214658 @0",
            "CatBoost: learn = 0.1806339 @1",
            "CatBoost: test = 0.1626552 @1",
            "CatBoost: best = 0.1626552 @1",
            "CatBoost: learn = 0.1447585 @2",
            "CatBoost: test = 0.128582 @2",
            "CatBoost: best = 0.128582 @2",
            "name=value: bestTest = 0.1285820256",
            "name=value: bestIteration = 2.0");
  }

  @Test
  void estimatorsOfScikitLearnTellWhatTheyAreAskedTo() throws IOException {
    assertThat(seen("scikit-learn.log"))
        .containsExactly(
            "scikit-learn: loss = 19.83918599 @1",
            "scikit-learn: Validation score = 0.075 @1",
            "scikit-learn: loss = 18.4873927 @2",
            "scikit-learn: Validation score = 0.075 @2",
            "scikit-learn: loss = 17.15626898 @3",
            "scikit-learn: Validation score = 0.075 @3",
            "scikit-learn: Avg. loss = 3876.429791 @1",
            "scikit-learn: Avg. loss = 1242.86508 @2",
            "scikit-learn: Train Loss = 1.5826 @1",
            "scikit-learn: Train Loss = 1.2555 @2",
            "scikit-learn: Train Loss = 1.029 @3",
            "scikit-learn: Train Loss = 1.525 @1",
            "scikit-learn: Train Loss = 1.2623 @2",
            "scikit-learn: Train Loss = 1.0444 @3",
            "scikit-learn: train loss = 1.64481 @1",
            "scikit-learn: val loss = 1.72289 @1",
            "scikit-learn: train loss = 1.31827 @2",
            "scikit-learn: val loss = 1.42021 @2",
            "scikit-learn: train loss = 1.07427 @3",
            "scikit-learn: val loss = 1.1784 @3",
            "scikit-learn: inertia = 637418.0 @0",
            "scikit-learn: inertia = 392204.7044248263 @1",
            "scikit-learn: inertia = 379427.8222532286 @2",
            "scikit-learn: score = 0.93",
            "scikit-learn: score = 0.885",
            "scikit-learn: score = 0.93",
            "scikit-learn: score = 0.915",
            "scikit-learn: accuracy = 0.93",
            "scikit-learn: f1_macro = 0.929",
            "scikit-learn: accuracy = 0.885",
            "scikit-learn: f1_macro = 0.884",
            "scikit-learn: accuracy = 0.93",
            "scikit-learn: f1_macro = 0.929",
            "scikit-learn: accuracy = 0.915",
            "scikit-learn: f1_macro = 0.916");
  }

  @Test
  void piecesOfAnySizeGiveTheSameAsTheWhole() throws IOException {
    var whole = seen("keras.log");
    var bytes = bytes("keras.log");
    var log = LogMetrics.ofKnownForms();
    var found = new ArrayList<LogMetrics.Found>();
    for (byte b : bytes) {
      found.addAll(log.take(new byte[] {b}));
    }
    found.addAll(log.end());
    assertThat(found.stream().map(LogMetricsTest::shown)).containsExactlyElementsOf(whole);
  }

  static List<String> seen(String file) throws IOException {
    return of(LogMetrics.ofKnownForms(), bytes(file));
  }

  static List<String> of(LogMetrics log, String text) {
    return of(log, text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> of(LogMetrics log, byte[] bytes) {
    var found = new ArrayList<>(log.take(bytes));
    found.addAll(log.end());
    return found.stream().map(LogMetricsTest::shown).toList();
  }

  private static String shown(LogMetrics.Found found) {
    var sighting = found.sighting();
    var step = sighting.step().isPresent() ? " @" + sighting.step().getAsLong() : "";
    return found.form() + ": " + sighting.key() + " = " + sighting.value() + step;
  }

  static byte[] bytes(String file) throws IOException {
    try (var in = LogMetricsTest.class.getResourceAsStream(file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    }
  }
}
