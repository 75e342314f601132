package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What clusters of several versions say, and what a person reads. */
class WaitWordsTest {

  private static Event event(String reason, String message) {
    return new EventBuilder().withReason(reason).withMessage(message).build();
  }

  private static String said(String reason, String message) {
    return WaitWords.of(event(reason, message)).orElse("");
  }

  private static String unschedulable(String message) {
    return WaitWords.of(pod(message));
  }

  private static Pod pod(String message) {
    return new PodBuilder()
        .withNewSpec()
        .addNewContainer()
        .withName("step")
        .withImage("python:3")
        .withNewResources()
        .withRequests(Map.of("cpu", new Quantity("64"), "memory", new Quantity("2Gi")))
        .endResources()
        .endContainer()
        .endSpec()
        .withNewStatus()
        .addNewCondition()
        .withType("PodScheduled")
        .withStatus("False")
        .withReason("Unschedulable")
        .withMessage(message)
        .endCondition()
        .endStatus()
        .build();
  }

  @Test
  void noNodeHasRoom() {
    assertThat(unschedulable("0/3 nodes are available: 1 Insufficient memory, 3 Insufficient cpu."))
        .isEqualTo(
            "no node has room: the step asks for 64 cpu and 2Gi of memory, and there is not enough"
                + " memory and cpu free; ask for less, or wait");
  }

  @Test
  void aTaintKeepsItAway() {
    assertThat(
            unschedulable(
                "0/1 nodes are available: 1 node(s) had taint {gpu: only}, that the pod didn't"
                    + " tolerate."))
        .isEqualTo(
            "no node takes it: nodes are kept for others by a taint `gpu: only`, which the step"
                + " does not tolerate; steps tolerate what their notebook does, else a platform"
                + " engineer takes it away");
    assertThat(
            unschedulable(
                "0/1 nodes are available: 1 node(s) had untolerated taint {gpu: only}. preemption:"
                    + " 0/1 nodes are available: 1 Preemption is not helpful for scheduling."))
        .contains("by a taint `gpu: only`");
  }

  @Test
  void aClaimIsMissing() {
    assertThat(unschedulable("persistentvolumeclaim \"data\" not found"))
        .isEqualTo(
            "there is no claim `data` in its namespace, which the step mounts: make it, and the"
                + " step goes on");
  }

  @Test
  void aVolumeLiesElsewhere() {
    assertThat(
            unschedulable("0/2 nodes are available: 2 node(s) had volume node affinity conflict."))
        .startsWith("no node fits: its volume lies on a node");
  }

  @Test
  void anImageCannotBePulled() {
    assertThat(
            said(
                "Failed",
                "Failed to pull image \"python:no\": rpc error: code = NotFound desc = failed to"
                    + " pull and unpack image \"docker.io/library/python:no\": not found"))
        .isEqualTo(
            "the image `python:no` cannot be pulled: there is none of that name; check its tag, or"
                + " name another with `--image`");
    assertThat(
            said(
                "Failed",
                "Failed to pull image \"team.example/x:1\": rpc error: code = Unknown desc ="
                    + " unexpected status: 401 Unauthorized"))
        .startsWith(
            "the image `team.example/x:1` cannot be pulled: its registry asks for credentials");
    assertThat(
            said(
                "Failed",
                "Failed to pull image \"team.example/x:1\": dial tcp: lookup team.example: no such"
                    + " host"))
        .endsWith(
            "its registry `team.example` cannot be reached from the node; check its name, or name"
                + " another with `--image`");
    assertThat(WaitWords.pull("team.example/x:1", "Back-off pulling image"))
        .isEqualTo(
            "the image `team.example/x:1` cannot be pulled; check its name and tag, name another"
                + " with `--image`, or, where it is private, give the service account of its Pod a"
                + " pull secret (`imagePullSecrets`)");
    assertThat(said("Failed", "Error: ErrImagePull")).isEmpty();
  }

  @Test
  void aSecretOrAConfigMapIsMissing() {
    assertThat(said("Failed", "Error: secret \"warehouse\" not found"))
        .startsWith("there is no Secret `warehouse` in its namespace, which the step needs");
    assertThat(said("Failed", "Error: couldn't find key k in Secret team/warehouse"))
        .isEqualTo("the Secret `warehouse` has no key `k`, which the step's environment names");
    assertThat(
            said(
                "FailedMount",
                "MountVolume.SetUp failed for volume \"settings\" : configmap \"settings\" not"
                    + " found"))
        .startsWith("there is no ConfigMap `settings` in its namespace")
        .contains("`kubectl create configmap settings`");
  }

  @Test
  void aVolumeIsHeldByAnotherNode() {
    assertThat(
            said(
                "FailedAttachVolume",
                "Multi-Attach error for volume \"pvc-1\" Volume is already used by pod(s) a"))
        .isEqualTo(
            "its volume `pvc-1` is held by another node, and only one at a time may mount it; the"
                + " step goes on when the Pod `a` has ended");
    assertThat(
            said(
                "FailedAttachVolume",
                "Multi-Attach error for volume \"pvc-1\" Volume is already exclusively attached to"
                    + " one node and can't be attached to another"))
        .endsWith("only one at a time may mount it; the step goes on when that lets it go");
  }

  @Test
  void aNamespaceHasRulesOfItsOwn() {
    assertThat(
            said(
                "FailedCreate",
                "Error creating: pods \"a-1-\" is forbidden: error looking up service account"
                    + " lab/nobody: serviceaccount \"nobody\" not found"))
        .isEqualTo(
            "there is no service account `nobody` in its namespace, which the step is to run as");
    assertThat(
            said(
                "FailedCreate",
                "Error creating: pods \"a-1-x\" is forbidden: violates PodSecurity"
                    + " \"restricted:latest\": runAsNonRoot != true (pod or container \"step\" must"
                    + " set securityContext.runAsNonRoot=true)"))
        .startsWith(
            "the namespace's Pod security `restricted:latest` does not let it start: runAsNonRoot"
                + " != true");
    assertThat(
            said(
                "FailedCreate",
                "Error creating: pods \"a-1-x\" is forbidden: maximum memory usage per Container is"
                    + " 1Gi, but limit is 2Gi"))
        .isEqualTo(
            "the namespace's limits do not allow what it asks for: maximum memory usage per"
                + " Container is 1Gi, but limit is 2Gi; ask for that with `--cpu` or `--memory`");
  }

  @Test
  void whatIsKnownOfAnImageIsNotForgottenWhileItIsTriedAgain() {
    var known = WaitWords.pull("x:1", "dial tcp: connection refused");

    assertThat(WaitWords.isVaguer(WaitWords.pull("x:1", "Back-off pulling image"), known)).isTrue();
    assertThat(WaitWords.isVaguer(known, WaitWords.pull("x:1", ""))).isFalse();
    assertThat(WaitWords.isVaguer(WaitWords.pull("y:1", ""), known)).isFalse();
  }

  @Test
  void aQuotaIsUsedUp() {
    assertThat(
            said(
                "FailedCreate",
                "Error creating: pods \"a-1-x\" is forbidden: exceeded quota: team, requested:"
                    + " requests.memory=2Gi, used: requests.memory=7Gi, limited:"
                    + " requests.memory=8Gi"))
        .isEqualTo(
            "the quota `team` is used up: asked for requests.memory=2Gi, in use"
                + " requests.memory=7Gi, limit requests.memory=8Gi");
    assertThat(
            said(
                "FailedCreate",
                "Error creating: pods \"a-1-x\" is forbidden: failed quota: team: must specify"
                    + " limits.memory"))
        .isEqualTo(
            "the quota `team` wants every step to say limits.memory: say it with `--memory`");
  }

  @Test
  void aRuleOfTheClusterRefusedIt() {
    assertThat(
            said(
                "FailedCreate",
                "Error creating: admission webhook \"images.example\" denied the request: only"
                    + " images of our own registry"))
        .isEqualTo(
            "the cluster's own rule `images.example` refused it: only images of our own registry");
    assertThat(
            said(
                "FailedCreate",
                "Error creating: Internal error occurred: failed calling webhook"
                    + " \"images.example\": Post \"https://x\": connection refused"))
        .isEqualTo(
            "the cluster's own rule `images.example` does not answer, so nothing can start; a"
                + " platform engineer looks after it");
  }

  @Test
  void whatSaysNothingIsNotTold() {
    assertThat(said("BackOff", "Back-off pulling image \"x\"")).isEmpty();
    assertThat(said("Unhealthy", "Readiness probe failed")).isEmpty();
  }
}
