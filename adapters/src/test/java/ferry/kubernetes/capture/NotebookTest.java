package ferry.kubernetes.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NotebookTest {
  private static final Map<String, List<String>> CLAIMS =
      Map.of(
          "claim-ada", List.of("ReadWriteOnce"),
          "vision-volume", List.of("ReadWriteMany"),
          "datasets", List.of("ReadOnlyMany"),
          "weights", List.of("ReadWriteOncePod"));

  private static final Map<String, String> TYPED =
      Map.of(
          "PATH", "/home/ada/venv/bin:/usr/bin:/bin",
          "HOME", "/home/ada",
          "VIRTUAL_ENV", "/home/ada/venv",
          "PYTHONPATH", "/home/ada/$(lib)",
          "JUPYTERHUB_USER", "ada",
          "JUPYTERHUB_API_TOKEN", "secret-of-the-hub",
          "DB_PASSWORD", "hunter2",
          "OPENAI_API_KEY", "sk-typed-by-hand",
          "TERM", "xterm");

  private static final String OF_THE_POD =
      ": they are of the notebook's own Pod, or have something put into it that a step would wait"
          + " for";

  @Test
  void aStepHasWhatANotebookOfKubeSpawnerHas() {
    var captured = captured("kubespawner.yaml", "notebook", sameUser());
    assertThat(captured.template()).isEqualTo(template("kubespawner-step.yaml"));
  }

  @Test
  void aStepHasWhatANotebookOfKubeflowHas() {
    var captured = captured("kubeflow.yaml", "vision", sameUser());
    assertThat(captured.template()).isEqualTo(template("kubeflow-step.yaml"));
  }

  @Test
  void whatKubeSpawnersNotebookKeepsToItselfIsNamed() {
    assertThat(captured("kubespawner.yaml", "notebook", sameUser()).left())
        .extracting(LeftBehind::toString)
        .containsExactly(
            "what is in /scratch: it is scratch space of this Pod; a step's begins empty",
            "the volume `jupyterhub-internal-certs` at /etc/jupyterhub/ssl: it holds the keys of"
                + " the notebook server, by which the hub knows it",
            "the volume `notebook-token-fhgql` at /var/run/secrets/kubernetes.io/serviceaccount:"
                + " each Pod is given a token of its own, and the notebook's would end with the"
                + " notebook",
            "the volumes `istio-envoy` and `istio-podinfo`: only other containers of the notebook"
                + " use that",
            "the probes: they ask whether the notebook's server answers",
            "the lifecycle hooks: they are for the notebook's server",
            "the port 8888: it is for the notebook's server",
            "the variable `HUB_LOGIN`: it is made of `JUPYTERHUB_API_TOKEN`, which stays behind",
            "the variables `JPY_API_TOKEN`, `JUPYTERHUB_API_TOKEN`, `JUPYTERHUB_SERVER_NAME`,"
                + " `JUPYTERHUB_SERVICE_PREFIX`, `JUPYTERHUB_SSL_CERTFILE`,"
                + " `JUPYTERHUB_SSL_CLIENT_CA` and `JUPYTERHUB_SSL_KEYFILE`: they are the notebook"
                + " server's own, and its token would let a step act as the notebook",
            "the variable `OPENAI_API_KEY`: set in this shell and not in the Pod; a file's `env:`"
                + " or `secrets:` gives them to steps",
            "the container `istio-proxy`: a step is one container, and would never end if one"
                + " beside it went on",
            "the init container `chown`: what was readied on volumes is there already",
            "the labels `app`, `component` and `hub.jupyter.org/network-access-hub`: a Service"
                + " could take a step for the notebook; a NetworkPolicy may tell them apart by it"
                + " too",
            "the annotation `hub.jupyter.org/username`" + OF_THE_POD);
  }

  @Test
  void whatKubeflowsNotebookKeepsToItselfIsNamed() {
    assertThat(captured("kubeflow.yaml", "vision", sameUser()).left())
        .extracting(LeftBehind::toString)
        .containsExactly(
            "the volume `weights` at /weights: only one Pod can mount it (ReadWriteOncePod), and"
                + " the notebook has it",
            "the volume `kube-api-access-x7k2p` at /var/run/secrets/kubernetes.io/serviceaccount:"
                + " each Pod is given a token of its own, and the notebook's would end with the"
                + " notebook",
            "the volumes `istio-data`, `istio-envoy` and `istio-token`: only other containers of"
                + " the notebook use that",
            "the probes: they ask whether the notebook's server answers",
            "the port 8888: it is for the notebook's server",
            "the variable `PROXY_MEMORY`: it tells of the container `istio-proxy`, which stays"
                + " behind",
            "the variables `DB_PASSWORD` and `OPENAI_API_KEY`: set in this shell and not in the"
                + " Pod; a file's `env:` or `secrets:` gives them to steps",
            "the container `istio-proxy`: a step is one container, and would never end if one"
                + " beside it went on",
            "the init container `istio-init`: what was readied on volumes is there already",
            "the name `vision-0`: two Pods cannot answer to one name",
            "the labels `app`, `apps.kubernetes.io/pod-index`, `controller-revision-hash`,"
                + " `notebook-name`, `security.istio.io/tlsMode`,"
                + " `service.istio.io/canonical-name`, `statefulset` and"
                + " `statefulset.kubernetes.io/pod-name`: a Service could take a step for the"
                + " notebook; a NetworkPolicy may tell them apart by it too",
            "the annotation `sidecar.istio.io/status`" + OF_THE_POD);
  }

  @Test
  void aDiskOfOneNodePinsTheStepThereAndSaysSo() {
    assertThat(captured("kubespawner.yaml", "notebook", sameUser()).notes())
        .containsExactly(
            "each step runs on the notebook's node node-7: the volume `datasets` is the directory"
                + " /tmp/ferry-datasets of the node itself",
            "each step runs on the notebook's node node-7: the volume `home` (claim `claim-ada`)"
                + " can be mounted on one node at a time");
  }

  @Test
  void aNotebookOnSharedVolumesRunsItsStepsAnywhere() {
    assertThat(captured("kubeflow.yaml", "vision", sameUser()).notes()).isEmpty();
  }

  @Test
  void directoriesThatHoldTheSameInTheStepAreKnown() {
    var captured = captured("kubespawner.yaml", "notebook", sameUser());
    assertThat(captured.shares("/home/ada/project")).isTrue();
    assertThat(captured.shares("/data")).isTrue();
    assertThat(captured.shares("/scratch")).isFalse();
    assertThat(captured.shares("/home/adam")).isFalse();
    assertThat(captured.shares("/etc/jupyterhub/ssl")).isFalse();
  }

  @Test
  void whatIsMountedNearestSaysWhetherADirectoryIsShared() {
    var template =
        new PodTemplateSpecBuilder()
            .withNewSpec()
            .addNewContainer()
            .addNewVolumeMount()
            .withMountPath("/home/ada")
            .endVolumeMount()
            .addNewVolumeMount()
            .withMountPath("/home/ada/scratch")
            .endVolumeMount()
            .endContainer()
            .endSpec()
            .build();
    var captured = new Captured(template, List.of(), List.of(), List.of("/home/ada"));

    assertThat(captured.shares("/home/ada/project")).isTrue();
    assertThat(captured.shares("/home/ada/scratch/project")).isFalse();
    assertThat(captured.shares("/home/ada/scratches")).isTrue();
  }

  @Test
  void noValueOfASecretIsInTheTemplate() {
    var captured = captured("kubespawner.yaml", "notebook", sameUser());
    assertThat(Serialization.asJson(captured.template()))
        .doesNotContain("hunter2", "secret-of-the-hub", "sk-typed-by-hand");
    assertThat(captured.left().toString()).doesNotContain("hunter2", "sk-typed-by-hand");
  }

  @Test
  void aNotebookThatBecameAnotherUserHasStepsOfThatUser() {
    var inside =
        inside(
            new Identity(1000, 100, new TreeSet<>(Set.of(100L, 2000L, 4000L))),
            new Identity(0, 0, new TreeSet<>()));
    var captured = captured("kubeflow.yaml", "vision", inside);
    var container = captured.template().getSpec().getContainers().getFirst();
    assertThat(container.getSecurityContext().getRunAsUser()).isEqualTo(1000);
    assertThat(container.getSecurityContext().getRunAsGroup()).isEqualTo(100);
    assertThat(captured.template().getSpec().getSecurityContext().getSupplementalGroups())
        .containsExactly(2000L, 4000L);
    assertThat(captured.notes())
        .containsExactly(
            "the notebook started as user 0 and became user 1000; steps are user 1000 from the"
                + " start");
  }

  @Test
  void aClaimWhoseModesCannotBeReadPinsToBeSafe() {
    var pod = pod("kubeflow.yaml");
    var captured = new Notebook(pod, "vision", sameUser(), _ -> Optional.empty()).capture(Map.of());
    assertThat(captured.notes())
        .contains(
            "each step runs on the notebook's node gpu-3: the volume `vision-volume` (claim"
                + " `vision-volume`) may be one that one node at a time can mount");
    var terms =
        captured
            .template()
            .getSpec()
            .getAffinity()
            .getNodeAffinity()
            .getRequiredDuringSchedulingIgnoredDuringExecution()
            .getNodeSelectorTerms();
    assertThat(terms)
        .hasSize(2)
        .allSatisfy(term ->
            assertThat(term.getMatchFields().getFirst().getValues()).containsExactly("gpu-3"));
    assertThat(captured.left())
        .contains(
            new LeftBehind(
                "the rule that keeps Pods like the notebook apart",
                "steps have to run beside the notebook"));
  }

  private static Captured captured(String file, String container, Inside inside) {
    return new Notebook(
            pod(file), container, inside, claim -> Optional.ofNullable(CLAIMS.get(claim)))
        .capture(TYPED);
  }

  private static Inside sameUser() {
    var ada = new Identity(1000, 100, new TreeSet<>(Set.of(100L)));
    return inside(ada, ada);
  }

  private static Inside inside(Identity self, Identity first) {
    return new Inside(
        Optional.of("lab"),
        "jupyter-ada",
        Optional.empty(),
        Optional.empty(),
        Optional.of(self),
        Optional.of(first),
        Set.of("PATH", "HOME", "JUPYTERHUB_USER"));
  }

  private static Pod pod(String file) {
    return Serialization.unmarshal(NotebookTest.class.getResourceAsStream(file), Pod.class);
  }

  private static PodTemplateSpec template(String file) {
    return Serialization.unmarshal(
        NotebookTest.class.getResourceAsStream(file), PodTemplateSpec.class);
  }
}
