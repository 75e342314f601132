package ferry.kubernetes.argo;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backends.TestCluster;
import ferry.run.Outcome;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is made of every version of some fifty real Workflows, file by file. */
class ArgoSamplesTest {

  @Test
  void everyVersionOfEveryWorkflowIsUnderstood() throws IOException {
    var samples = TestCluster.directory("FERRY_TEST_ARGO_SAMPLES");
    var expected =
        new String(
            ArgoSamplesTest.class.getResourceAsStream("argo-samples.txt").readAllBytes(),
            StandardCharsets.UTF_8);

    assertThat(understood(samples)).isEqualTo(expected);
  }

  private static String understood(Path samples) throws IOException {
    try (var files = Files.walk(samples)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> !file.getFileName().toString().startsWith("pod-"))
          .map(file -> samples.relativize(file).toString())
          .filter(file -> !file.contains("cron-"))
          .sorted()
          .map(file -> file + "\n" + words(samples.resolve(file)))
          .collect(Collectors.joining());
    }
  }

  private static String words(Path file) {
    try {
      var workflow =
          Serialization.unmarshal(Files.readString(file), GenericKubernetesResource.class);
      var view = WorkflowView.of(workflow);
      var nodes =
          view.nodes().values().stream()
              .filter(node -> List.of("Pod", "Skipped").contains(node.type()))
              .map(node -> "  " + node.name() + ": " + words(node) + "\n")
              .sorted()
              .collect(Collectors.joining());
      return "  = " + (view.isSeen() ? view.phase() : "not seen yet") + "\n" + nodes;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String words(Node node) {
    if (!node.isOver()) {
      var why = WaitingNode.words(node.message());
      return why.isEmpty() ? node.phase() : node.phase() + ", " + why;
    }
    return switch (NodeEnd.of(node)) {
      case Outcome.Succeeded _ -> "succeeded";
      case Outcome.Failed(var cause, var code, var reason) ->
          "failed " + cause + (code.isPresent() ? " " + code.getAsInt() : "") + ": " + reason;
      case Outcome.Stopped(var code) -> "stopped" + (code.isPresent() ? " " + code.getAsInt() : "");
      case Outcome.Lost(var reason) -> "lost: " + reason;
    };
  }
}
