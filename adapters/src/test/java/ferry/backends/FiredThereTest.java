package ferry.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ferry.backend.Plan;
import ferry.backend.Timetable;
import ferry.error.UserException;
import ferry.run.RunId;
import ferry.run.RunStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules that a real cluster fires by itself, while no server of ours is there. */
class FiredThereTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String ONE_STEP =
      """
      name: %s
      params: {n: "7"}
      steps:
        a:
          run: 'cat code.txt; echo "{n} $KEY $FERRY_ATTEMPT"'
          retries: {limit: 1}
          secrets: {KEY: {secret: warehouse, key: k}}
      schedule: {cron: "* * * * *", timezone: UTC}
      """;

  /** What a broken test left belongs to another home: no two tests use one name. */
  private final String drawn = Long.toString(System.nanoTime(), 36);

  private final String one = "one-" + drawn;
  private final String shared = "shared-" + drawn;
  private final String many = "many-" + drawn;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (var one : open) {
      one.close();
    }
  }

  private ContractPlace place(BackendContract contract, Path directory) throws Exception {
    var place = contract.open(directory);
    open.add(place::close);
    place.environment.put("KEY", "secret word");
    place.write("code.txt", "the code\n");
    return place;
  }

  private KubernetesClient client(String namespace) {
    var config = Config.fromKubeconfig(new File(TestCluster.kubeconfig()));
    config.setNamespace(namespace);
    var client = new KubernetesClientBuilder().withConfig(config).build();
    open.add(client);
    return client;
  }

  private static List<Pod> pods(KubernetesClient client, String schedule, String phase) {
    return client.pods().withLabel("ferry.dev/schedule", schedule).list().getItems().stream()
        .filter(pod -> phase.equals(pod.getStatus().getPhase()))
        .toList();
  }

  /** Waits for Pods that succeeded; where they do not come, the error shows what is there. */
  private static void succeeded(KubernetesClient client, String schedule, int count) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(pods(client, schedule, "Succeeded"))
                .withFailMessage(() -> seen(client, schedule))
                .hasSizeGreaterThanOrEqualTo(count));
  }

  private static String seen(KubernetesClient client, String schedule) {
    var said = new ArrayList<Object>();
    var started = client.genericKubernetesResources("batch/v1beta1", "CronJob").withName(schedule);
    said.add(Optional.ofNullable(started.get()).map(one -> one.get("status")));
    var jobs = client.batch().v1().jobs().withLabel("ferry.dev/schedule", schedule).list();
    jobs.getItems().forEach(job -> said.add(job.getMetadata().getName() + job.getStatus()));
    var pods = client.pods().withLabel("ferry.dev/schedule", schedule).list();
    pods.getItems().forEach(pod -> said.add(pod.getMetadata().getName() + pod.getStatus()));
    client.v1().events().list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getName().startsWith(schedule))
        .forEach(event -> said.add(event.getReason() + ": " + event.getMessage()));
    return said.stream().map(String::valueOf).collect(Collectors.joining("\n"));
  }

  private static List<? extends HasMetadata> left(KubernetesClient client, String schedule) {
    var all =
        new ArrayList<HasMetadata>(
            client.pods().withLabel("ferry.dev/schedule", schedule).list().getItems());
    all.addAll(
        client.batch().v1().jobs().withLabel("ferry.dev/schedule", schedule).list().getItems());
    all.addAll(client.secrets().withLabel("ferry.dev/run", schedule).list().getItems());
    return all;
  }

  private static Timetable timetable(ContractPlace place, Plan plan) {
    return place.timetable(plan);
  }

  @Test
  void aScheduleOfOneStepIsACronJob(@TempDir Path directory) throws Exception {
    var place = place(new KubernetesBackendTest(), directory);
    var client = client(LeastRights.NAMESPACE);

    var plan = place.schedule(ONE_STEP.formatted(one));

    assertThat(plan.setting()).containsEntry(Timetable.FIRED_BY, "CronJob/" + one);
    succeeded(client, one, 1);
    var pod = pods(client, one, "Succeeded").getFirst();
    var job = pod.getMetadata().getLabels().get("job-name");
    assertThat(client.pods().resource(pod).getLog())
        .contains("the code")
        .contains("7 secret word " + job + "/a/1");

    var run = new RunId(job);
    var fired = place.firedRuns(plan);
    assertThat(fired.look()).isEmpty();
    assertThat(fired.look()).isEmpty();
    var ended = place.ended(run);
    assertThat(ended.summary().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(ContractPlace.step(ended, "a").attempts()).hasSize(1);
    assertThat(place.log(run, "a")).startsWith("the code\n").contains(" " + job + "/a/1\n");
    assertThat(place.lastRun(one)).isPresent();
    place.remove(run);
    await().atMost(PATIENCE).until(() -> client.batch().v1().jobs().withName(job).get() == null);

    timetable(place, plan).pause(plan, true);
    assertThat(spec(client, "batch/v1beta1", "CronJob", one)).containsEntry("suspend", true);
    place.schedule(ONE_STEP.formatted(one));
    assertThat(spec(client, "batch/v1beta1", "CronJob", one)).containsEntry("suspend", false);

    timetable(place, plan).remove(plan);
    timetable(place, plan).remove(plan);
    await().atMost(PATIENCE).until(() -> left(client, one).isEmpty());
  }

  @Test
  void whatACronJobCannotDoTheServerDoesAndSaysWhy(@TempDir Path directory) throws Exception {
    var place = place(new KubernetesBackendTest(), directory);

    var plan =
        place.schedule(
            """
            name: two-steps
            steps: {a: echo a, b: {after: a, run: echo b}}
            schedule: {cron: "0 3 * * *", timezone: Asia/Seoul}
            """);

    assertThat(Timetable.isFiring(plan)).isFalse();
    assertThat(timetable(place, plan).render(plan)).isEmpty();
    assertThat(timetable(place, plan).notes(plan))
        .containsExactly(
            "It is fired while your server runs: a CronJob starts one step, and this workflow is"
                + " more; `--on argo`, or a team's server, fires it without yours.");
  }

  @Test
  void theObjectOfAnotherHomeIsLeftAlone(@TempDir Path directory) throws Exception {
    var mine = place(new KubernetesBackendTest(), directory.resolve("mine"));
    var plan = mine.schedule(ONE_STEP.formatted(shared));
    var other = place(new KubernetesBackendTest(), directory.resolve("other"));

    assertThatThrownBy(() -> other.schedule(ONE_STEP.formatted(shared)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("a CronJob `" + shared + "` that is not yours is there already");

    timetable(mine, plan).remove(plan);
  }

  @Test
  void aScheduleOfManyStepsIsACronWorkflow(@TempDir Path directory) throws Exception {
    TestCluster.withArgo();
    var place = place(new ArgoBackendTest(), directory);
    var client = client("default");

    var plan =
        place.schedule(
            """
            name: %s
            steps:
              a: 'cat code.txt > made; echo "n=7" >> "$FERRY_OUTPUT"'
              b: {after: a, run: 'cat made; echo "{a.n} $FERRY_ATTEMPT"'}
            finally: {last: echo $FERRY_RUN_STATE}
            schedule: {cron: "* * * * *", timezone: Asia/Seoul}
            """
                .formatted(many));

    assertThat(plan.setting()).containsEntry(Timetable.FIRED_BY, "CronWorkflow/" + many);
    succeeded(client, many, 3);
    var logs =
        pods(client, many, "Succeeded").stream()
            .map(pod -> client.pods().resource(pod).inContainer("main").getLog())
            .toList();
    assertThat(logs)
        .anyMatch(
            log -> log.contains("the code") && log.matches("(?s).*7 " + many + "-[0-9]+/b/1.*"))
        .anyMatch(log -> log.contains("succeeded"));

    var fired = place.firedRuns(plan);
    assertThat(fired.look()).isEmpty();
    var run = place.lastRun(many).orElseThrow();
    var ended = place.ended(run);
    assertThat(ended.summary().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(place.log(run, "b")).isEqualTo("the code\n7 " + run + "/b/1\n");
    assertThat(place.log(run, "last")).isEqualTo("succeeded\n");

    timetable(place, plan).remove(plan);
    await().atMost(PATIENCE).until(() -> left(client, many).isEmpty());
  }

  @Test
  void whatAScheduleBeganThereIsFollowedWhileItFailsAndIsRetriedByUs(@TempDir Path directory)
      throws Exception {
    var place = place(new KubernetesBackendTest(), directory);
    var client = client(LeastRights.NAMESPACE);
    var name = "fails-" + drawn;
    var plan =
        place.schedule(
            """
            name: %s
            steps: {a: {run: "echo begun; exit 3", retries: {limit: 1}}}
            schedule: {cron: "* * * * *", timezone: UTC}
            """
                .formatted(name));
    var fired = place.firedRuns(plan);

    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> fired.look().isEmpty() && place.lastRun(name).isPresent());
    timetable(place, plan).pause(plan, true);
    var run = place.lastRun(name).orElseThrow();
    var step = ContractPlace.step(place.ended(run), "a");

    assertThat(step.reason()).startsWith("exit status 3");
    assertThat(step.attempts()).hasSize(1);
    assertThat(place.log(run, "a")).contains("begun").contains("tries it again in another Pod");
    assertThat(client.pods().withLabel("job-name", run.value()).list().getItems()).hasSize(2);

    place.retry(run);
    var again = ContractPlace.step(place.ended(run), "a");
    assertThat(again.attempts()).hasSizeGreaterThan(1);
    timetable(place, plan).remove(plan);
  }

  private static Map<String, Object> spec(
      KubernetesClient client, String version, String kind, String name) {
    return client.genericKubernetesResources(version, kind).withName(name).require().get("spec");
  }
}
