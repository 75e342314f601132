package ferry.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long a training is by what one line says, in the unit that a user names and without one. */
class LengthUnitTest {
  private static List<Double> lengths(String text, Optional<String> unit) {
    var named = new LengthUnit(unit);
    return LogMetrics.ofKnownForms().take((text + "\n").getBytes(StandardCharsets.UTF_8)).stream()
        .map(found -> named.of(found.sighting().place()).orElse(-1))
        .toList();
  }

  private static double length(String line, String... unit) {
    return lengths(line, Arrays.stream(unit).findFirst()).getFirst();
  }

  @Test
  void theNamedUnitCountsWhateverItsPlaceInTheLine() {
    assertThat(length("Epoch [1/5], Step [600/600], Loss: 0.3", "epochs")).isEqualTo(1);
    assertThat(length("Step [600/600], Epoch [1/5], Loss: 0.3", "epochs")).isEqualTo(1);
    assertThat(length("Loss: 0.3, Epoch [2/5], Step [100/600]", "batches")).isEqualTo(700);
    assertThat(length("{\"epoch\": 2, \"step\": 40, \"loss\": 0.3}", "epoch")).isEqualTo(2);
    assertThat(length("{\"step\": 40, \"loss\": 0.3, \"epoch\": 2}", "epochs")).isEqualTo(2);
    assertThat(length("{\"step\": 40, \"epoch\": 2, \"loss\": 0.3}", "steps")).isEqualTo(40);
    assertThat(length("{\"epoch\": 2, \"step\": 40, \"loss\": 0.3}", "steps")).isEqualTo(40);
  }

  @Test
  void withoutANamedUnitTheEpochCountsBeforeTheStepInEveryForm() {
    assertThat(length("Epoch [1/5], Step [600/600], Loss: 0.3")).isEqualTo(1);
    assertThat(length("step=100 epoch=1 loss=0.3")).isEqualTo(1);
    assertThat(length("{'epoch': 1, 'step': 100, 'loss': 0.3}")).isEqualTo(1);
    assertThat(length("{'step': 100, 'epoch': 1, 'loss': 0.3}")).isEqualTo(1);
    assertThat(length("step=100 loss=0.3")).isEqualTo(100);
    assertThat(length("{'step': 100, 'loss': 0.3}")).isEqualTo(100);
  }

  @Test
  void anEpochIsWholeOnceItsLastStepIs() {
    assertThat(length("Epoch [5/5], Step [150/600], Loss: 0.3", "epochs")).isEqualTo(4.25);
    assertThat(length("Epoch [5/5], Step [150/600], Loss: 0.3")).isEqualTo(4.25);
    assertThat(length("Epoch [1/5], Step [0/600], Loss: 0.3", "epochs")).isEqualTo(0);
    assertThat(length("Train Epoch: 2 [15000/60000 (25%)]\tLoss: 0.3", "epochs")).isEqualTo(1.25);
    assertThat(length("Epoch: [3][ 20/80]  Loss 0.31  loss: 0.3", "epochs")).isEqualTo(2.25);
    assertThat(length("{'loss': 0.3, 'epoch': 1.25}", "epochs")).isEqualTo(1.25);
    assertThat(length("{'loss': 0.3, 'epoch': 2.0}", "epochs")).isEqualTo(2);
  }

  @Test
  void anEpochThatIsEvaluatedIsNearlyWhole() {
    assertThat(length("{'eval_loss': 0.3, 'epoch': 1.98}", "epochs")).isEqualTo(2);
    assertThat(length("{'eval_loss': 0.3, 'epoch': 1.5}", "epochs")).isEqualTo(1.5);
    assertThat(length("{'loss': 2.3, 'epoch': 0.0}", "epochs")).isEqualTo(0);
  }

  @Test
  void aBarOfStepsIsWithinTheEpochThatWasNamed() {
    var text = "Epoch 2/5\n 25%|##    | 50/200 [00:00<00:05, 35.0it/s, loss=0.71]";
    assertThat(lengths(text, Optional.of("epochs"))).containsExactly(1.25);
    assertThat(lengths(text, Optional.of("steps"))).containsExactly(250.0);
    assertThat(length(" 40%|##    | 2/5 [00:00<00:05, 35.0it/s, loss=0.71]", "epochs"))
        .isEqualTo(2);
  }

  @Test
  void batchesAreSteps() {
    assertThat(length("Epoch: 1 Batch: 300/600 Loss: 0.3", "batches")).isEqualTo(300);
    assertThat(length("Epoch [5/5], Batch [150/600], Loss: 0.3", "epochs")).isEqualTo(4.25);
  }

  @Test
  void whatIsSaidBehindTheStepsOfAnEpochIsSaidAtItsEnd() {
    var text = "Train Epoch: 2 [15000/60000 (25%)]\tLoss: 0.3\nTest accuracy: 0.97";
    assertThat(lengths(text, Optional.of("epochs"))).containsExactly(1.25, 2.0);
  }

  @Test
  void stepsThatAreCountedThroughCountBeforeThoseOfAnEpoch() {
    assertThat(length("epoch=2 step=10 global_step=610 loss=0.3", "steps")).isEqualTo(610);
    assertThat(length("{'global_step': 610, 'step': 10, 'loss': 0.3}", "steps")).isEqualTo(610);
  }

  @Test
  void stepsOfEpochsThatBeginWithZeroAreCountedThrough() {
    var text = "Epoch [0/5], Step [100/600], Loss: 0.3\nEpoch [1/5], Step [100/600], Loss: 0.2";
    assertThat(lengths(text, Optional.of("steps"))).containsExactly(100.0, 700.0);
  }

  @Test
  void anEpochHoldsUntilAnotherIsNamed() {
    var text = "Epoch 3/10\nstep 100: loss=0.3\nval_loss=0.4";
    assertThat(lengths(text, Optional.of("epochs"))).containsExactly(3.0, 3.0);
    assertThat(lengths(text, Optional.of("steps"))).containsExactly(100.0, 100.0);
  }

  @Test
  void howManyEpochsThereAreToBeIsNoPlace() {
    assertThat(lengths("epochs=10, lr=0.1\nloss=0.3", Optional.of("epochs")).getLast())
        .isEqualTo(-1);
    assertThat(lengths("epochs=10, lr=0.1\nloss=0.3", Optional.empty()).getLast()).isEqualTo(-1);
  }

  @Test
  void aUnitThatNoLineNamesIsNotSeen() {
    assertThat(length("step=100 loss=0.3", "epochs")).isEqualTo(-1);
    assertThat(length("{'step': 100, 'loss': 0.3}", "epochs")).isEqualTo(-1);
    assertThat(length("epoch=1 loss=0.3", "images")).isEqualTo(-1);
  }

  @Test
  void aMetricTellsTheLengthWhoseNameIsTheSameUnit() {
    assertThat(new LengthUnit(Optional.of("epochs")).isToldBy("epoch")).isTrue();
    assertThat(new LengthUnit(Optional.of("images")).isToldBy("images")).isTrue();
    assertThat(new LengthUnit(Optional.of("images")).isToldBy("Images")).isFalse();
    assertThat(new LengthUnit(Optional.of("epochs")).isToldBy("step")).isFalse();
    assertThat(new LengthUnit(Optional.empty()).isToldBy("epoch")).isFalse();
  }
}
