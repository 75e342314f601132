package ferry.collect;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.error.UserException;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class PairLinesTest {

  @Test
  void namesAndValuesStandInALineInManyWays() {
    assertThat(seen("epoch=3 loss=0.25 accuracy=0.9100"))
        .containsExactly("name=value: loss = 0.25 @3", "name=value: accuracy = 0.91 @3");
    assertThat(seen("Test accuracy: 0.97")).containsExactly("name=value: Test accuracy = 0.97");
    assertThat(seen("Epoch 3/10, loss: 0.34, val_acc: 0.91"))
        .containsExactly("name=value: loss = 0.34 @3", "name=value: val_acc = 0.91 @3");
    assertThat(seen("2026-11-22 12:30:45.123 INFO root - final loss = 1e-05"))
        .containsExactly("name=value: final loss = 1.0E-5");
    assertThat(seen("INFO:root:accuracy: 0.5")).containsExactly("name=value: accuracy = 0.5");
    assertThat(seen("acc:0.5 | top-1: 12%"))
        .containsExactly("name=value: acc = 0.5", "name=value: top-1 = 12.0");
    assertThat(seen("relu: test accuracy=0.9756")).containsExactly("name=value: accuracy = 0.9756");
  }

  @Test
  void theExamplesOfPytorchAreUnderstood() {
    assertThat(seen("Train Epoch: 1 [640/60000 (1%)]\tLoss: 2.299823"))
        .containsExactly("name=value: Loss = 2.299823 @1");
    assertThat(seen("Test set: Average loss: 0.0312, Accuracy: 9896/10000 (99%)"))
        .containsExactly("name=value: Average loss = 0.0312", "name=value: Accuracy = 0.9896");
    assertThat(seen("Epoch [2/5], Step [100/600], Loss: 0.3"))
        .containsExactly("name=value: Loss = 0.3 @700");
  }

  @Test
  void aStepThatAnEarlierLineNamedHolds() {
    assertThat(seen("Epoch 4/10\nloss: 0.5\nEpoch 5/10\nloss: 0.4"))
        .containsExactly("name=value: loss = 0.5 @4", "name=value: loss = 0.4 @5");
  }

  @Test
  void whatIsNoNumberIsKeptAsItIs() {
    assertThat(seen("loss=nan")).containsExactly("name=value: loss = NaN");
    assertThat(seen("loss: -inf")).containsExactly("name=value: loss = -Infinity");
    assertThat(seen("loss = Infinity")).containsExactly("name=value: loss = Infinity");
  }

  @Test
  void aNumberWithACommaInItIsNotReadInHalf() {
    assertThat(seen("rmse: 1,234.5")).isEmpty();
    assertThat(seen("accuracy: 0,93")).isEmpty();
    assertThat(seen("loss=0.5,acc=0.9"))
        .containsExactly("name=value: loss = 0.5", "name=value: acc = 0.9");
  }

  @Test
  void numbersAsNumpyAndPytorchShowThemAreRead() {
    assertThat(seen("accuracy=np.float64(0.93) loss: tensor(0.25, device='cuda:0')"))
        .containsExactly("name=value: accuracy = 0.93", "name=value: loss = 0.25");
    assertThat(seen("{'eval_loss': np.float64(0.51), 'epoch': 2.0}"))
        .containsExactly("HuggingFace: eval_loss = 0.51 @2");
  }

  @Test
  void timesAddressesSizesAndVersionsAreNoMetrics() {
    assertThat(seen("listening on http://127.0.0.1:8080 since 12:30:45")).isEmpty();
    assertThat(seen("took: 0.3s, version=1.2.3, date: 2026-11-22, size=10MB, epoch: 3")).isEmpty();
    assertThat(seen("x == 3, y <= 4, z => 5, nano: nanometres, a:3")).isEmpty();
  }

  @Test
  void anExpressionOfOnesOwnFindsWhatNoFormKnows() {
    var one = LogMetrics.of("accuracy is ([0-9.]+)", "accuracy");
    assertThat(LogMetricsTest.of(one, "the accuracy is 0.75 now"))
        .containsExactly("own pattern: accuracy = 0.75");
    var two = LogMetrics.of("([\\w|-]+)\\s*=\\s*([+-]?\\d*(\\.\\d+)?([Ee][+-]?\\d+)?)", "any");
    assertThat(LogMetricsTest.of(two, "loss=0.5 acc = 1e-2"))
        .containsExactly("own pattern: loss = 0.5", "own pattern: acc = 0.01");
    var named = LogMetrics.of("(?<step>\\d+)> (?<value>\\S+) (?<name>\\w+)", "any");
    assertThat(LogMetricsTest.of(named, "7> 0.5 loss"))
        .containsExactly("own pattern: loss = 0.5 @7");
  }

  @Test
  void anExpressionThatNeverEndsLeavesItsLineAside() {
    var endless = LogMetrics.of("(a+)+b(.)", "x");
    assertThat(LogMetricsTest.of(endless, "a".repeat(60) + "\naab1"))
        .containsExactly("own pattern: aa = 1.0");
  }

  @Test
  void anExpressionThatCannotBeUsedIsRefusedInWords() {
    Assertions.assertThatThrownBy(() -> LogMetrics.of("accuracy is [0-9.]+", "accuracy"))
        .isInstanceOf(UserException.class)
        .hasMessage("the pattern `accuracy is [0-9.]+` has no group for the value");
    Assertions.assertThatThrownBy(() -> LogMetrics.of("(abc", "accuracy"))
        .isInstanceOf(UserException.class)
        .hasMessage("the pattern `(abc` cannot be read: Unclosed group, character 5");
  }

  private static List<String> seen(String text) {
    return LogMetricsTest.of(LogMetrics.ofKnownForms(), text);
  }
}
