package ferry.kubernetes.checkup;

import ferry.backend.Place;
import ferry.error.UserException;
import ferry.kubernetes.Connection;
import ferry.kubernetes.capture.Captured;
import ferry.kubernetes.capture.Inside;
import ferry.kubernetes.capture.Notebook;
import ferry.kubernetes.capture.NotebookFinder;
import ferry.kubernetes.rights.AccessReviews;
import ferry.kubernetes.rights.Right;
import ferry.kubernetes.rights.Rights;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the cluster that a command typed here would use. Creates nothing there. */
public final class ClusterCheckup {
  private static final String DOCUMENT = "docs/platform.md";
  private static final int PATIENCE_MILLIS = 5_000;

  private final KubernetesClient client;
  private final Map<String, String> environment;
  private final boolean inPod;
  private final String namespace;
  private final List<Finding> findings = new ArrayList<>();

  private ClusterCheckup(
      KubernetesClient client, Map<String, String> environment, boolean inPod, String namespace) {
    this.client = client;
    this.environment = environment;
    this.inPod = inPod;
    this.namespace = namespace;
  }

  /**
   * Whether anything here tells of a cluster: a Pod around us, or a kubeconfig.
   *
   * @param config what the user configured
   */
  public static boolean applies(Place place, Map<String, String> config) {
    return Inside.aPod(place.environment()) || hasKubeconfig(place, config);
  }

  private static boolean hasNoAccount(Place place, Map<String, String> config) {
    return Inside.aPod(place.environment())
        && Inside.here().namespace().isEmpty()
        && !hasKubeconfig(place, config);
  }

  private static boolean hasKubeconfig(Place place, Map<String, String> config) {
    return config.containsKey("kubeconfig")
        || place.environment().containsKey("KUBECONFIG")
        || hasUsualFile(place.environment());
  }

  private static boolean hasUsualFile(Map<String, String> environment) {
    return Files.exists(Path.of(environment.getOrDefault("HOME", "/"), ".kube", "config"));
  }

  /**
   * Everything there is to say; a cluster that does not answer is a finding too.
   *
   * @param place where a run would be typed
   * @param config what the user configured
   */
  public static List<Finding> findings(Place place, Map<String, String> config) {
    if (hasNoAccount(place, config)) {
      var missing = NotebookFinder.NO_TOKEN;
      return List.of(
          Finding.lacking("cluster", missing.message(), String.join("; ", missing.help())));
    }
    try (var client = client(place, config)) {
      var checkup = of(client, place.environment());
      checkup.look();
      return List.copyOf(checkup.findings);
    } catch (UserException e) {
      return List.of(
          Finding.lacking("cluster", e.error().message(), String.join("; ", e.error().help())));
    } catch (KubernetesClientException e) {
      return List.of(
          Finding.lacking(
              "cluster", "there is one here, but " + words(e), "`kubectl version` says more"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /**
   * The Role and binding that the account here needs, whether it has them or not.
   *
   * @throws UserException where no cluster answers
   */
  public static String roleYaml(Place place, Map<String, String> config) {
    try (var client = client(place, config)) {
      var checkup = of(client, place.environment());
      return RoleYaml.of(checkup.namespace, checkup.subject(), Rights.of(checkup.hasArgo()));
    } catch (KubernetesClientException e) {
      throw new ferry.error.SystemError.Unavailable(
              "no cluster answers here: " + words(e),
              List.of("the same for any account is in " + DOCUMENT))
          .thrown();
    }
  }

  /** Of the cluster, context and namespace that a run would have. */
  private static KubernetesClient client(Place place, Map<String, String> config) {
    var address = new Connection().find(place, Map.of(), config);
    var way = Connection.config(address);
    way.setNamespace(address.namespace());
    way.setConnectionTimeout(PATIENCE_MILLIS);
    way.setRequestTimeout(PATIENCE_MILLIS);
    way.setRequestRetryBackoffLimit(0);
    return new KubernetesClientBuilder().withConfig(way).build();
  }

  private static ClusterCheckup of(KubernetesClient client, Map<String, String> environment) {
    var namespace = Optional.ofNullable(client.getNamespace()).orElse("default");
    return new ClusterCheckup(client, environment, Inside.aPod(environment), namespace);
  }

  private void look() throws InterruptedException {
    var version = client.getKubernetesVersion();
    findings.add(
        Finding.good(
            "cluster",
            "Kubernetes "
                + version.getGitVersion()
                + " at "
                + client.getMasterUrl()
                + ", namespace "
                + namespace
                + ", as "
                + subject()));
    boolean argo = hasArgo();
    rights("rights", "run steps as Jobs", Rights.KUBERNETES);
    if (argo) {
      findings.add(Finding.good("argo", "there; " + new ArgoVersion(client, namespace).words()));
      rights("argo", "run workflows on Argo", Rights.ARGO);
    } else {
      findings.add(
          Finding.lacking(
              "argo",
              "not installed; runs of several steps go on while a Ferry server runs",
              "with Argo Workflows they go on without one: https://argoproj.github.io/workflows"));
    }
    if (inPod) {
      pod();
    }
  }

  private void rights(String subject, String purpose, List<Right> rights)
      throws InterruptedException {
    var lacking = new AccessReviews(client, namespace).lacking(rights);
    if (lacking.isEmpty()) {
      findings.add(Finding.good(subject, "the account may " + purpose));
      return;
    }
    for (var right : lacking) {
      findings.add(
          Finding.lacking(
              subject,
              "the account may not "
                  + String.join(", ", right.verbs())
                  + " "
                  + right.resource()
                  + (right.group().isEmpty() ? "" : "." + right.group())
                  + ": needed for "
                  + right.purpose(),
              ""));
    }
    findings.add(
        Finding.lacking(
            subject,
            "somebody who may give rights applies the Role",
            "`ferry doctor --rbac | kubectl apply -f -`, or what " + DOCUMENT + " says"));
  }

  private void pod() {
    try {
      var notebook = new NotebookFinder(client, Inside.here()).find();
      var captured = notebook.capture(environment);
      findings.add(
          Finding.good(
              "pod",
              "the container `"
                  + notebook.container()
                  + "` of "
                  + notebook.pod().getMetadata().getName()
                  + "; steps get its image, variables, volumes and limits"));
      volumes(captured);
      network(notebook);
    } catch (UserException e) {
      findings.add(
          Finding.lacking("pod", e.error().message(), String.join("; ", e.error().help())));
    }
  }

  private void volumes(Captured captured) {
    findings.add(
        captured.shared().isEmpty()
            ? Finding.lacking(
                "volumes",
                "none of this Pod's can be mounted by a step",
                "code is packed and brought along; files between steps need a claim")
            : Finding.good("volumes", "steps share " + String.join(", ", captured.shared())));
    captured.notes().forEach(note -> findings.add(Finding.good("volumes", note)));
  }

  /** Whether steps reach the server in this Pod; an account that may not read it is not told. */
  private void network(Notebook notebook) {
    try {
      var all = client.network().v1().networkPolicies().inNamespace(namespace).list().getItems();
      var labels =
          Optional.ofNullable(notebook.pod().getMetadata().getLabels()).orElse(java.util.Map.of());
      findings.add(
          new ListenerPolicies(all)
              .keepingStepsFrom(labels)
              .map(policy ->
                  Finding.lacking(
                      "network",
                      "the NetworkPolicy `"
                          + policy
                          + "` keeps steps from this Pod: they can neither fetch code that is"
                          + " larger than 4 MiB packed nor log to the server here",
                      "a policy that lets Pods labelled app.kubernetes.io/managed-by=ferry in: "
                          + DOCUMENT
                          + " has it"))
              .orElseGet(() ->
                  Finding.good("network", "no NetworkPolicy keeps steps from the server here")));
    } catch (KubernetesClientException _) {
      findings.add(
          Finding.good(
              "network",
              "this account may not read NetworkPolicies, so it cannot be told whether steps reach"
                  + " the server here"));
    }
  }

  private boolean hasArgo() {
    return client.hasApiGroup("argoproj.io", true)
        && client.getApiResources("argoproj.io/v1alpha1").getResources().stream()
            .anyMatch(resource -> resource.getName().equals("workflows"));
  }

  private Subject subject() {
    return Whoami.in(client).orElse(new Subject("User", "unknown", ""));
  }

  private static String words(KubernetesClientException e) {
    if (e.getCode() == 401) {
      return "it does not know the account: its token or certificate has run out or is wrong";
    }
    if (e.getCode() > 0) {
      return "it refuses to say what it is: " + e.getMessage();
    }
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    boolean isSilent = cause instanceof KubernetesClientException || cause.getMessage() == null;
    return "it does not answer: " + (isSilent ? "nothing listens there" : cause.getMessage());
  }
}
