package ferry.kubernetes.argo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import ferry.backend.Plan;
import ferry.kubernetes.PodSetting;
import ferry.kubernetes.Reach;
import ferry.kubernetes.RunFilesInCluster;
import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.tracking.StepAccess;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How steps that Argo counts reach the server. */
class ArgoReachTest {
  private static final RunFilesInCluster NOTHING =
      new RunFilesInCluster(List.of(), Optional.empty(), false, "given", Set.of());

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void begin() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestURI() + " " + exchange.getRequestHeaders().get("Authorization"));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  /** A server that steps reach. */
  private final class Reached implements StepAccess {
    @Override
    public Map<String, String> variables(AttemptId attempt, String workflow) {
      return Map.of("FERRY_TOKEN", "one", "MLFLOW_TRACKING_TOKEN", "one");
    }

    @Override
    public Optional<String> tokenOfTries(RunId run, String stepRun) {
      return Optional.of("ferry-step." + stepRun);
    }

    @Override
    public Optional<String> address() {
      return Optional.of("http://localhost:" + server.getAddress().getPort());
    }
  }

  private static Plan plan(String file) {
    return ArgoTexts.plan(file, PodSetting.ofImage("python:3"), Map.of());
  }

  private RunWorkflows.Wanted wanted(Plan plan) {
    var state = RunState.of(plan.workflow());
    var reach = new ArgoReach(new Reach(new Reached(), "home"), plan, 0);
    var tasks = Tasks.of(plan, state, reach::given);
    return new RunWorkflows.Wanted(
        new WorkflowText(plan, tasks, ArgoVersion.FOUR, "home", "research", NOTHING).workflow(),
        reach.tokens(tasks, "home", "research"));
  }

  /** What a task's own script says, run as its container would be. */
  private static String said(GenericKubernetesResource workflow, Path directory, String... more)
      throws Exception {
    List<Map<String, Object>> templates = workflow.get("spec", "templates");
    @SuppressWarnings("unchecked")
    var container = (Map<String, Object>) templates.getLast().get("container");
    @SuppressWarnings("unchecked")
    var words = (List<String>) container.get("command");
    var process =
        new ProcessBuilder(words.stream().map(word -> word.replace("$$", "$")).toList())
            .directory(directory.toFile())
            .redirectErrorStream(true);
    process.environment().putAll(Map.of("FERRY_OUTPUT", directory.resolve("output").toString()));
    process.environment().putAll(Map.of("FERRY_RUN", "r", "FERRY_CHECKPOINT_DIR", "saved/x"));
    for (int i = 0; i < more.length; i += 2) {
      process.environment().put(more[i], more[i + 1]);
    }
    return new String(process.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private String address() {
    return new Reached().address().orElseThrow();
  }

  @Test
  void aTryAddsItsNumberToTheTokenOfAll(@TempDir Path directory) throws Exception {
    var file =
        "{name: w, steps: {train: {run: 'echo $FERRY_TOKEN $MLFLOW_TRACKING_TOKEN', retries: 2}}}";
    var plan = plan(file);
    var wanted = wanted(plan);

    var token = "ferry-step.train";
    assertThat(wanted.tokens().orElseThrow().getStringData()).isEqualTo(Map.of("train", token));
    var text = wanted.workflow().getAdditionalProperties().toString();
    assertThat(text).contains(ArgoReach.secret(plan, 0)).doesNotContain(token);
    assertThat(
            said(
                wanted.workflow(),
                directory,
                "FERRY_STEP",
                "train",
                "FERRY_TRY",
                "1",
                "FERRY_TOKEN",
                token,
                "MLFLOW_TRACKING_TOKEN",
                token,
                "FERRY_URL",
                address()))
        .startsWith("ferry-step.train.2 ferry-step.train.2\n");
    assertThat(asked).containsExactly("/api/v1/step [Bearer ferry-step.train.2]");
  }

  @Test
  void aStepOfAListAddsItsOwnName(@TempDir Path directory) throws Exception {
    var file =
        """
        name: w
        steps:
          list: 'true'
          each: {after: list, foreach: {x: "{list.x}"}, run: 'echo $FERRY_TOKEN'}
        """;
    var wanted = wanted(plan(file));
    var name = Base64.getUrlEncoder().withoutPadding();

    assertThat(wanted.workflow().getAdditionalProperties().toString()).contains("FERRY_PARAM_X");
    assertThat(wanted.tokens().orElseThrow().getStringData())
        .isEqualTo(Map.of("list", "ferry-step.list", "each-0", "ferry-step.each[*]"));
    assertThat(
            said(
                wanted.workflow(),
                directory,
                "FERRY_STEP",
                "each",
                "FERRY_PARAM_X",
                "훈련>?",
                "FERRY_TOKEN",
                "ferry-step.each[*]",
                "FERRY_URL",
                address()))
        .startsWith(
            "ferry-step.each[*].1."
                + name.encodeToString("each[훈련>?]".getBytes(StandardCharsets.UTF_8))
                + "\n");
  }
}
