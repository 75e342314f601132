package ferry.kubernetes.capture;

import ferry.error.SystemError;
import ferry.error.UserException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks the cluster for the Pod that this process runs in. */
public final class NotebookFinder {
  /** What is wrong where a Pod has no account to speak to its cluster with. */
  public static final SystemError.Unavailable NO_TOKEN =
      new SystemError.Unavailable(
          "this Pod has no token of a service account, so nothing can be started from it",
          List.of(
              "whoever runs the notebooks gives them an account: in JupyterHub's chart"
                  + " `singleuser.serviceAccountName`, in a Pod `serviceAccountName` with"
                  + " `automountServiceAccountToken: true`",
              "the rights that it needs are in docs/platform.md"));

  private static final int NOT_FOUND = 404;

  private final KubernetesClient client;
  private final Inside inside;

  public NotebookFinder(KubernetesClient client, Inside inside) {
    this.client = client;
    this.inside = inside;
  }

  /**
   * This Pod, and the container in it.
   *
   * @throws UserException where the Pod has no token, or its account may not read Pods
   */
  public Notebook find() {
    var namespace = inside.namespace().orElseThrow(NO_TOKEN::thrown);
    var pod = own(namespace);
    return new Notebook(pod, container(pod), inside, claim -> claimModes(namespace, claim));
  }

  private Pod own(String namespace) {
    try {
      var pods = client.pods().inNamespace(namespace);
      return Optional.ofNullable(pods.withName(inside.host()).get())
          .filter(this::isThis)
          .or(() -> pods.list().getItems().stream().filter(this::isThis).findFirst())
          .orElseThrow(() ->
              refused(
                  "no Pod in the namespace `"
                      + namespace
                      + "` is this one, `"
                      + inside.host()
                      + "`",
                  "`ferry run --on kubernetes --image NAME` runs without it"));
    } catch (KubernetesClientException e) {
      throw refused(
          "this Pod cannot be read in the namespace `" + namespace + "`: " + words(e),
          "its service account needs to get and list `pods`; `ferry doctor` prints the Role",
          "`ferry run --on kubernetes --image NAME` runs without it");
    }
  }

  /** Where the mounts tell which Pod this is, a name alone is not enough. */
  private boolean isThis(Pod pod) {
    return inside
        .pod()
        .map(uid -> uid.equals(pod.getMetadata().getUid()))
        .orElse(pod.getMetadata().getName().equals(inside.host()));
  }

  /**
   * By the mounts; else the only one, the one that tools show first, or one named like a notebook.
   */
  private String container(Pod pod) {
    var names = pod.getSpec().getContainers().stream().map(Container::getName).toList();
    var labels = Optional.ofNullable(pod.getMetadata().getLabels()).orElse(java.util.Map.of());
    var annotations =
        Optional.ofNullable(pod.getMetadata().getAnnotations()).orElse(java.util.Map.of());
    return Stream.of(
            inside.container(),
            Optional.ofNullable(annotations.get("kubectl.kubernetes.io/default-container")),
            Optional.ofNullable(labels.get("notebook-name")),
            Optional.of("notebook"))
        .flatMap(Optional::stream)
        .filter(names::contains)
        .findFirst()
        .orElse(names.getFirst());
  }

  /** Empty where the account may not read claims: the step is then kept where the notebook is. */
  private Optional<List<String>> claimModes(String namespace, String name) {
    try {
      return Optional.ofNullable(
              client.persistentVolumeClaims().inNamespace(namespace).withName(name).get())
          .map(NotebookFinder::modes)
          .filter(modes -> !modes.isEmpty());
    } catch (KubernetesClientException _) {
      return Optional.empty();
    }
  }

  /** What the volume allows, which may be more than what was asked for. */
  private static List<String> modes(PersistentVolumeClaim claim) {
    var status = claim.getStatus();
    return status != null && !status.getAccessModes().isEmpty()
        ? status.getAccessModes()
        : claim.getSpec().getAccessModes();
  }

  private String words(KubernetesClientException e) {
    return e.getCode() == 403
        ? "it is forbidden"
        : e.getCode() == NOT_FOUND
            ? "it is not there"
            : e.getCode() <= 0
                ? "the cluster at " + client.getMasterUrl() + " cannot be reached"
                : String.valueOf(e.getMessage());
  }

  private static UserException refused(String message, String... help) {
    return new SystemError.Unavailable(message, List.of(help)).thrown();
  }
}
