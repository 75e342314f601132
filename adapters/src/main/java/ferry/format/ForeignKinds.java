package ferry.format;

import java.util.Map;
import java.util.Optional;

/** Knows the files of other programs by what is in them. */
final class ForeignKinds {
  static final String JUPYTERFLOW = "JupyterFlow's own configuration";

  private static final Map<String, String> KINDS =
      Map.of(
          "Job", "a Kubernetes Job",
          "CronJob", "a Kubernetes CronJob",
          "Experiment", "a Katib Experiment",
          "PyTorchJob", "a Kubeflow PyTorchJob",
          "TFJob", "a Kubeflow TFJob",
          "MPIJob", "a Kubeflow MPIJob",
          "Workflow", "an Argo Workflow",
          "CronWorkflow", "an Argo CronWorkflow");

  private ForeignKinds() {}

  /** What the file is, in words, if it is of a kind that is known. */
  static Optional<String> of(Node.Mapping root) {
    if (root.has("apiVersion") && root.has("kind")) {
      return Optional.of(KINDS.getOrDefault(text(root, "kind"), "an object of Kubernetes"));
    }
    if (root.has("searcher") || root.has("entrypoint") && root.has("resources")) {
      return Optional.of("Determined's experiment configuration");
    }
    if (root.has("spec") && root.entries().size() == 1) {
      return Optional.of(JUPYTERFLOW);
    }
    return Optional.empty();
  }

  private static String text(Node.Mapping root, String key) {
    return root.value(key)
        .map(node -> node instanceof Node.Scalar scalar ? scalar.text() : "")
        .orElse("");
  }
}
