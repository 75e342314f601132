package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Determined's slots in a cluster. */
class SlotsTest {
  private static final PodSetting BARE = PodSetting.ofImage("digits:1");

  private static Node node(String gpus) {
    return new NodeBuilder()
        .withNewStatus()
        .addToAllocatable("cpu", new Quantity("8"))
        .addToAllocatable("nvidia.com/gpu", new Quantity(gpus))
        .endStatus()
        .build();
  }

  @Test
  void slotsAreGpusWhereANodeHasAny() {
    var pod = new Slots(2).over(BARE, Slots.hasGpus(List.of(node("0"), node("4"))));
    assertThat(pod.container().getResources().getLimits())
        .containsExactly(Map.entry("nvidia.com/gpu", new Quantity("2")));
    assertThat(pod.notes())
        .containsExactly("Each step takes as many GPUs as `slots_per_trial` says: 2.");
  }

  @Test
  void whereNoNodeHasAnyTheyAreLeftAsideInWords() {
    var pod = new Slots(2).over(BARE, Slots.hasGpus(List.of(node("0"))));
    assertThat(pod.container().getResources()).isNull();
    assertThat(pod.notes())
        .containsExactly(
            "No node has GPUs, so `slots_per_trial` is left aside; `--cpu N` asks for more.");
  }

  @Test
  void noSlotsAskForNothingAndTheSettingIsGoneOnceItIsFixed() {
    assertThat(Slots.in(Map.of("slots", "0"))).isEmpty();
    assertThat(Slots.in(Map.of())).isEmpty();
    var setting = new HashMap<>(Map.of("slots", "2", "image", "a"));
    Slots.remove(setting);
    assertThat(setting).containsOnlyKeys("image");
  }
}
