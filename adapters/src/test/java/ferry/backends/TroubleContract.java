package ferry.backends;

import static ferry.backends.ContractPlace.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.UserException;
import ferry.run.RunId;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Why a step does not start in a real cluster, or why it failed there, as a person reads it,
 * whichever backend runs it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TroubleContract {
  ContractPlace place;

  abstract ContractPlace open(Path directory) throws Exception;

  @BeforeAll
  void begin(@TempDir Path directory) throws Exception {
    place = open(directory);
  }

  @BeforeEach
  void wishForNothingSpecial() {
    place.wishes.clear();
    place.wishes.put("image", TestCluster.IMAGE);
  }

  @AfterAll
  void end() throws Exception {
    if (place != null) {
      place.close();
    }
  }

  String waitsFor(RunId run) {
    var waiting = place.when(run, record -> !step(record, "a").reason().isEmpty());
    place.stop(run);
    place.ended(run);
    return step(waiting, "a").reason();
  }

  String failedFor(RunId run) {
    return step(place.ended(run), "a").attempts().getLast().reason();
  }

  @Test
  void noNodeHasRoom() {
    place.wishes.put("memory", "900Gi");

    assertThat(waitsFor(place.oneLiner("a: echo hello")))
        .matches(
            "no node has room: the step asks for 900Gi of memory, and there is not enough memory"
                + " free: at most [0-9.]+[MG]i of memory on the node `[^`]+`, which has"
                + " [0-9.]+[MG]i of memory in all; no node is that large: ask for less");
  }

  @Test
  void anImageIsNotThere() {
    place.wishes.put("image", "localhost/no-such-image:1");

    assertThat(waitsFor(place.oneLiner("a: echo hello")))
        .isEqualTo(
            "the image `localhost/no-such-image:1` cannot be pulled: its registry `localhost`"
                + " cannot be reached from the node; check its name, or name another with"
                + " `--image`");
  }

  @Test
  void aSecretIsMissing() {
    var run =
        place.file(
            """
            name: secret
            steps: {a: {run: echo hello, secrets: {KEY: {secret: no-such-secret, key: k}}}}
            """);

    assertThat(waitsFor(run))
        .isEqualTo(
            "there is no Secret `no-such-secret` in its namespace, which the step needs: make it"
                + " with `kubectl create secret generic no-such-secret --from-literal=KEY=VALUE`,"
                + " and the step goes on");
  }

  private static String job(String more) {
    return """
    apiVersion: batch/v1
    kind: Job
    metadata: {name: a}
    spec:
      backoffLimit: 0
      template:
        spec:
          containers: [{name: a, image: localhost/busybox:1, command: [cat, /data/x], %s}]
          %s
    """
        .formatted(
            "volumeMounts: [{name: data, mountPath: /data}]",
            "volumes: [{name: data, " + more + "}]");
  }

  @Test
  void aClaimIsMissing() {
    assertThat(waitsFor(place.file(job("persistentVolumeClaim: {claimName: no-such-claim}"))))
        .isEqualTo(
            "there is no claim `no-such-claim` in its namespace, which the step mounts: make it,"
                + " and the step goes on");
  }

  @Test
  void aConfigMapIsMissing() {
    assertThat(waitsFor(place.file(job("configMap: {name: no-such-settings}"))))
        .isEqualTo(
            "there is no ConfigMap `no-such-settings` in its namespace, which the step needs: make"
                + " it with `kubectl create configmap no-such-settings`, and the step goes on");
  }

  @Test
  void aServiceAccountIsMissing() {
    var file =
        job("emptyDir: {}").replace("containers:", "serviceAccountName: nobody\n      containers:");

    assertThat(heldBack(place.file(file)))
        .contains("there is no service account `nobody` in its namespace");
  }

  @Test
  void aFileOfAVolumeMayNotBeRead() {
    // Every namespace has this ConfigMap.
    var file =
        job("configMap: {name: kube-root-ca.crt, defaultMode: 256}")
            .replace("/data/x", "/data/ca.crt")
            .replace("containers:", "securityContext: {runAsUser: 1000}\n      containers:");

    assertThat(failedFor(place.file(file)))
        .startsWith("no permission for `/data/ca.crt`: the step's user may not use that file");
  }

  /** What it waits for, or has failed for, whichever the backend does. */
  private String heldBack(RunId run) {
    var held =
        place.when(
            run,
            record -> !step(record, "a").reason().isEmpty() || record.summary().status().isEnded());
    place.stop(run);
    place.ended(run);
    return step(held, "a").reason();
  }

  @Test
  void memoryRunsOut() {
    place.wishes.put("memory", "128Mi");

    assertThat(failedFor(place.oneLiner("a: tail /dev/zero")))
        .isEqualTo(
            "was killed for memory: it reached its limit of 128Mi; give it more with `--memory"
                + " 256Mi`");
  }

  @Test
  void aWaitThatCannotEndIsGivenUp() {
    place.wishes.put("memory", "900Gi");
    place.wishes.put("pending-timeout", "2s");

    assertThat(failedFor(place.oneLiner("a: echo hello")))
        .startsWith("did not start within 2s: no node has room");
  }

  @Test
  void aQuotaIsUsedUp() {
    LeastRights.quota("ferry-quota"); // the same for every backend
    place.wishes.put("namespace", "ferry-quota");

    assertThat(waitsFor(place.oneLiner("a: echo hello")))
        .isEqualTo("the quota `none` is used up: asked for pods=1, in use pods=0, limit pods=0");
  }

  @Test
  void aModuleIsMissing() {
    assertThat(
            failedFor(
                place.oneLiner("a: echo \"ModuleNotFoundError: No module named 'torch'\"; false")))
        .startsWith("Python has no module `torch`: name its package in the file of `requirements`");
  }

  @Test
  void aFileMayNotBeRead() {
    assertThat(
            failedFor(
                place.oneLiner(
                    "a: echo \"PermissionError: [Errno 13] Permission denied: '/etc/keys/k'\";"
                        + " false")))
        .startsWith("no permission for `/etc/keys/k`: the step's user may not use that file");
  }

  @Test
  void aNamespaceIsNotThere() {
    place.wishes.put("namespace", "no-such-namespace");

    assertThatThrownBy(() -> place.oneLiner("a: echo hello"))
        .isInstanceOf(UserException.class)
        .hasMessage("there is no namespace `no-such-namespace`");
  }

  @Test
  void aContextIsNotThere() {
    place.wishes.put("context", "no-such-context");

    assertThatThrownBy(() -> place.oneLiner("a: echo hello"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no-such-context");
  }
}
