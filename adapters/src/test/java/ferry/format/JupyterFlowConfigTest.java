package ferry.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.error.UserException;
import ferry.submission.Surroundings.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What JupyterFlow's configuration says of the steps' Pods, and of whose. */
class JupyterFlowConfigTest {
  private static final String IMAGE = "spec:\n  image: a:1\n";
  private static final String POD =
      "{\"containers\":[{\"image\":\"a:1\",\"env\":[],\"volumeMounts\":[]}],"
          + "\"imagePullSecrets\":[],\"volumes\":[]}";

  @TempDir Path home;

  private Found found(Map<String, String> environment, Origin.Kind kind, String format, String on) {
    return new JupyterFlowConfig(() -> "local")
        .of(
            new Place(home.resolve("project").toString(), environment, "ada", "here"),
            kind,
            format,
            Optional.of(on).filter(name -> !name.isEmpty()));
  }

  private Found ofFile(Map<String, String> environment) {
    return found(environment, Origin.Kind.FILE, JupyterFlowFile.FORMAT, "argo");
  }

  @Test
  void theFileInTheHomeIsTakenByItsWorkflowsAndByOneLiners() throws IOException {
    var file = Files.writeString(home.resolve(".jupyterflow.yaml"), IMAGE);
    var environment = Map.of("HOME", home.toString());
    var expected = new Found(Map.of("overlay", POD, "overlay-file", file.toString()), List.of());

    assertThat(ofFile(environment)).isEqualTo(expected);
    assertThat(found(environment, Origin.Kind.ONE_LINER, "", "kubernetes")).isEqualTo(expected);
  }

  @Test
  void ferrysOwnFilesAndRunsOnThisMachineDoNotTakeIt() throws IOException {
    Files.writeString(home.resolve(".jupyterflow.yaml"), "spec: [no, mapping]");
    var environment = Map.of("HOME", home.toString());
    var nothing = new Found(Map.of(), List.of());

    assertThat(found(environment, Origin.Kind.FILE, FerryFile.FORMAT, "argo")).isEqualTo(nothing);
    assertThat(found(environment, Origin.Kind.EXEC, "", "argo")).isEqualTo(nothing);
    assertThat(found(environment, Origin.Kind.ONE_LINER, "", "local")).isEqualTo(nothing);
    assertThat(found(environment, Origin.Kind.ONE_LINER, "", "")).isEqualTo(nothing);
  }

  @Test
  void theFileThatTheVariableNamesComesFirstAndIsLookedForWhereTheCommandWasTyped()
      throws IOException {
    Files.writeString(home.resolve(".jupyterflow.yaml"), "spec: {image: other}");
    var file = Files.writeString(home.resolve("team.yaml"), IMAGE);

    assertThat(
            ofFile(
                    Map.of(
                        "HOME",
                        home.toString(),
                        "PWD",
                        home.toString(),
                        "JUPYTERFLOW_CONFIG_FILE",
                        "team.yaml"))
                .setting())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("overlay", POD, "overlay-file", file.toString()));
  }

  @Test
  void aFileThatIsNamedAndNotThereIsSaid() {
    var missing = home.resolve("x.yaml").toString();

    assertThat(ofFile(Map.of("JUPYTERFLOW_CONFIG_FILE", missing)).warnings())
        .containsExactly(
            "there is no file `" + missing + "`, which `JUPYTERFLOW_CONFIG_FILE` names");
    assertThat(ofFile(Map.of("HOME", home.toString()))).isEqualTo(new Found(Map.of(), List.of()));
  }

  @Test
  void everyKeyOfItStandsWhereKubernetesHasIt() {
    var read =
        JupyterFlowConfig.read(
            "c.yaml",
            """
            spec:
              image: a:1
              imagePullPolicy: Always
              imagePullSecrets: [{name: registry}]
              env: [{name: A, value: b}]
              resources: {limits: {cpu: 1}}
              nodeSelector: {disk: fast}
              runAsUser: 1000
              runAsGroup: 100
              serviceAccountName: trainer
              volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]
              volumeMounts: [{name: v, mountPath: /v}]
            """);

    assertThat(read.warnings()).isEmpty();
    assertThat(read.setting().get("overlay"))
        .isEqualTo(
            "{\"containers\":[{\"image\":\"a:1\",\"imagePullPolicy\":\"Always\","
                + "\"env\":[{\"name\":\"A\",\"value\":\"b\"}],\"resources\":{\"limits\":{\"cpu\":1}},"
                + "\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"/v\"}],"
                + "\"securityContext\":{\"runAsUser\":1000,\"runAsGroup\":100}}],"
                + "\"imagePullSecrets\":[{\"name\":\"registry\"}],"
                + "\"nodeSelector\":{\"disk\":\"fast\"},\"serviceAccountName\":\"trainer\","
                + "\"volumes\":[{\"name\":\"v\",\"persistentVolumeClaim\":{\"claimName\":\"c\"}}]}");
  }

  @Test
  void whatIsNotTakenIsNamed() {
    assertThat(JupyterFlowConfig.read("c.yaml", "spec:\n  tolerations: []\nkind: x\n").warnings())
        .containsExactly(
            "c.yaml:2: `spec.tolerations` means nothing here",
            "c.yaml:3: `kind` means nothing here");
    assertThat(JupyterFlowConfig.read("c.yaml", "# nothing\n").setting()).isEmpty();
    assertThat(JupyterFlowConfig.read("c.yaml", "\n").setting()).isEmpty();
  }

  @Test
  void aValueThatCannotBeIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> JupyterFlowConfig.read("c.yaml", "spec:\n  imagePullPolicy: always\n"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "`spec.imagePullPolicy` is `always`; expected one of `Always`, `IfNotPresent`,"
                + " `Never`");
    assertThatThrownBy(() -> JupyterFlowConfig.read("c.yaml", "image: a\n- b"))
        .isInstanceOf(UserException.class);
    assertThatThrownBy(() -> JupyterFlowConfig.read("c.yaml", "[spec]"))
        .hasMessage("the file is a list; expected a mapping with `spec`");
  }
}
