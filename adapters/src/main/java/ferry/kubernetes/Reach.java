package ferry.kubernetes;

import ferry.backend.Plan;
import ferry.engine.AttemptSpec;
import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.tracking.StepAccess;
import ferry.workflow.SecretRef;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a step in a Pod reaches the server, where it can: an address in plain sight, and a token of
 * its attempt that lies in a Secret and nowhere else.
 */
public final class Reach {
  /** The variable with the server's address. */
  public static final String ADDRESS = "FERRY_URL";

  private static final int LONGEST = ObjectNames.LONGEST - "-token".length();

  /** The variable with the attempt's token. */
  public static final String TOKEN = "FERRY_TOKEN";

  private static final String MLFLOW_TOKEN = "MLFLOW_TRACKING_TOKEN";
  private static final String KEY = "token";

  private final StepAccess access;
  private final String mark;

  /**
   * A way for the steps of a home.
   *
   * @param mark the home's
   */
  public Reach(StepAccess access, String mark) {
    this.access = access;
    this.mark = mark;
  }

  private Map<String, String> variables(Plan plan, AttemptSpec attempt) {
    var own = new LinkedHashMap<>(attempt.variables());
    PodSetting.read(plan.setting().getOrDefault(RunSettings.POD, ""))
        .container()
        .getEnv()
        .forEach(one -> own.putIfAbsent(one.getName(), PodView.text(one.getValue())));
    attempt.secrets().keySet().forEach(name -> own.putIfAbsent(name, ""));
    var all = access.besides(own, attempt.id(), plan.workflow().name());
    access.address().ifPresent(address -> all.put(ADDRESS, address));
    return all;
  }

  /** Whether steps reach the server at all. */
  public boolean isThere() {
    return access.address().isPresent();
  }

  /** The attempt with what it needs to reach the server. */
  AttemptSpec given(Plan plan, AttemptSpec attempt) {
    return given(plan, attempt, new SecretRef(secret(attempt.id()), KEY));
  }

  /**
   * The same.
   *
   * @param token where the attempt's token lies
   */
  public AttemptSpec given(Plan plan, AttemptSpec attempt, SecretRef token) {
    var all = new LinkedHashMap<>(attempt.variables());
    var secrets = new LinkedHashMap<>(attempt.secrets());
    variables(plan, attempt)
        .forEach((name, value) -> {
          if (name.equals(TOKEN) || name.equals(MLFLOW_TOKEN)) {
            secrets.putIfAbsent(name, token);
          } else {
            all.putIfAbsent(name, value);
          }
        });
    return new AttemptSpec(
        attempt.id(),
        attempt.command(),
        all,
        secrets,
        attempt.resources(),
        attempt.timeout(),
        attempt.requirements(),
        attempt.files(),
        attempt.after());
  }

  /** The Secret with the attempt's token; none where it cannot reach the server. */
  Optional<Secret> token(Plan plan, AttemptSpec attempt, String namespace) {
    return Optional.ofNullable(variables(plan, attempt).get(TOKEN))
        .map(token ->
            OwnSecret.of(
                secret(attempt.id()),
                namespace,
                Labels.of(mark, attempt.id()),
                Map.of(KEY, token)));
  }

  /** What the tokens of all attempts of a step run begin with; none where it has no way. */
  public Optional<String> tokenOfTries(RunId run, String stepRun) {
    return access.tokenOfTries(run, stepRun);
  }

  static String secret(AttemptId attempt) {
    return ObjectNames.of(attempt, LONGEST) + "-token";
  }
}
