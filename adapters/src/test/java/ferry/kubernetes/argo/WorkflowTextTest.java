package ferry.kubernetes.argo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.backends.TestCluster;
import ferry.error.UserException;
import ferry.kubernetes.PodSetting;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The Workflow that is made of a run. */
class WorkflowTextTest {
  private static final String EVERYTHING =
      """
      name: everything
      params: {n: "3"}
      secrets: {TOKEN: {secret: warehouse, key: token}}
      steps:
        a: 'echo "score=7" >> $FERRY_OUTPUT; echo {{{{x}}}} {{{{=1}}}}'
        b:
          after: a
          when: "{a.score} > 5 and not {n} == 4"
          run: echo {a.score}
          env: {OWN: "{a.score} {n}"}
          retries: {limit: 2, backoff: 10s}
          timeout: 5m
          cpu: 2
          memory: 1Gi
          gpu: 1
        c: {after: a, foreach: {x: [p, q]}, run: 'echo "got={x}" >> $FERRY_OUTPUT', outputs: ["{x}.txt"]}
        d: {after: a, foreach: {part: "{a.parts}", k: [u, v]}, run: 'echo "put={part}" >> $FERRY_OUTPUT'}
        e: {after: [c, d], run: 'echo {c.got} {d.put}'}
      finally:
        last: 'echo $FERRY_RUN_STATE {a.score} {c.got}'
      """;

  private static final String CAPTURED =
      """
      imagePullSecrets: [{name: pull}]
      serviceAccountName: notebook
      automountServiceAccountToken: false
      runtimeClassName: nvidia
      priorityClassName: low
      schedulerName: other
      enableServiceLinks: false
      shareProcessNamespace: true
      dnsPolicy: ClusterFirst
      dnsConfig: {searches: [a.b]}
      hostAliases: [{ip: 10.0.0.1, hostnames: [db]}]
      nodeSelector: {disk: ssd}
      tolerations: [{key: gpu, operator: Exists, effect: NoSchedule}]
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
              - matchFields: [{key: metadata.name, operator: In, values: [node1]}]
      securityContext: {runAsUser: 1000, fsGroup: 100, supplementalGroups: [4]}
      volumes:
        - {name: home, persistentVolumeClaim: {claimName: claim-ada}}
        - {name: shm, emptyDir: {medium: Memory}}
        - {name: all, projected: {sources: [{secret: {name: s}}, {configMap: {name: c}}]}}
      containers:
        - name: step
          image: lab/notebook:7
          imagePullPolicy: IfNotPresent
          env:
            - {name: A, value: "{{workflow.name}}"}
            - {name: B, valueFrom: {secretKeyRef: {name: s, key: k}}}
            - {name: C, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
          envFrom: [{configMapRef: {name: c}}, {secretRef: {name: s, optional: true}}]
          volumeMounts:
            - {name: home, mountPath: /home/ada, subPath: ada}
            - {name: shm, mountPath: /dev/shm}
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
          resources: {limits: {memory: 2Gi}, requests: {cpu: 500m}}
      """;

  private static PodSetting captured() {
    return new PodSetting(
        Serialization.unmarshal(CAPTURED, PodSpec.class),
        Map.of(),
        Map.of("sidecar.istio.io/inject", "false"),
        Optional.of("/home/ada/project"),
        false,
        List.of(),
        List.of());
  }

  @Test
  void everyFieldIsOneThatArgoKnows() {
    var schema = Schema.of(TestCluster.directory("FERRY_TEST_CRDS").resolve("argo/workflows.yaml"));
    var plan = ArgoTexts.plan(EVERYTHING, captured(), Map.of("pending-timeout", "10m"));

    var workflow = TaskPod.tree(ArgoTexts.workflow(plan, ArgoVersion.FOUR));

    assertThat(schema.faults(workflow)).isEmpty();
  }

  @Test
  void theSchemaRefusesWhatArgoDoesNotKnow() {
    var schema = Schema.of(TestCluster.directory("FERRY_TEST_CRDS").resolve("argo/workflows.yaml"));

    assertThat(
            schema.faults(
                Map.of(
                    "apiVersion",
                    "argoproj.io/v1alpha1",
                    "kind",
                    "Workflow",
                    "metadata",
                    Map.of(),
                    "spec",
                    Map.of("entrypoint", 3, "shutDown", "Stop"))))
        .containsExactlyInAnyOrder(
            ".spec.entrypoint is 3, not of type string", ".spec.shutDown is not known");
  }

  @Test
  void onlyOurOwnBracesAreArgos() {
    var plan = ArgoTexts.plan(EVERYTHING, captured(), Map.of());

    var text = Serialization.asJson(ArgoTexts.workflow(plan, ArgoVersion.FOUR));

    assertThat(text)
        .contains("{$(FERRY_BRACE)$(FERRY_BRACE)x")
        .doesNotContain("{{x", "{{=1}}", "{{workflow.name}}");
  }

  @Test
  void olderArgosAreAskedForNothingNew() {
    var plan = ArgoTexts.plan(EVERYTHING, captured(), Map.of("pending-timeout", "10m"));

    assertThat(Serialization.asJson(ArgoTexts.workflow(plan, ArgoVersion.THREE)))
        .doesNotContain("pendingTimeout", "\"cap\"");
  }

  @Test
  void whatArgoCannotRepeatOverIsRefused() {
    var yaml =
        """
        name: two
        steps:
          a: 'true'
          b: {after: a, foreach: {x: "{a.x}", y: "{a.y}"}, run: "echo {x} {y}"}
        """;

    assertThatThrownBy(() -> ArgoTexts.tree(yaml))
        .isInstanceOf(UserException.class)
        .hasMessage("`b` repeats over two lists that steps put out, which Argo cannot do");
  }

  @Test
  void aStepMayBeCalledAsAConditionSpeaks() {
    var yaml =
        """
        name: words
        steps:
          'true': 'true'
          not: {after: 'true', run: echo 1}
          last: {after: not, run: echo 2}
        """;

    assertThat(Serialization.asJson(ArgoTexts.tree(yaml)))
        .contains("\"depends\":\"s-true.Succeeded\"", "\"depends\":\"s-not.Succeeded\"");
  }

  @Test
  void aValueComesBackAsItWas() {
    var value = "100% \"{{x}}\" $HOME <a>, b & c \\ \t 훈련";

    assertThat(ArgoText.decoded(ArgoText.encoded(value))).isEqualTo(value);
    assertThat(ArgoText.encoded(value)).doesNotContain("{", "\"", "$", ",");
  }
}
