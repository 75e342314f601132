package ferry.backend;

import ferry.error.RequestError;
import ferry.error.UserException;
import ferry.workflow.SecretRef;
import ferry.workflow.SecretTexts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The values of a workflow's secrets that came with the command, in the variable itself or in
 * {@code <SECRET>_<KEY>}, and what holds for them wherever a run goes: each is long enough to be
 * masked, and none stands in what is stored and shown.
 */
public final class GivenSecrets {

  /** A secret, and the variable in which some step wants it. */
  public record Wanted(String variable, SecretRef secret) {
    /** What it is called in errors. */
    public String words() {
      return "`" + secret.secret() + "." + secret.key() + "` for `" + variable + "`";
    }
  }

  private GivenSecrets() {}

  /** Every secret that some step of a run wants, in the order of its steps. */
  public static Set<Wanted> wanted(Plan plan) {
    var wanted = new LinkedHashSet<Wanted>();
    for (var step : plan.workflow().allSteps()) {
      step.surroundings()
          .secrets()
          .forEach((variable, secret) -> wanted.add(new Wanted(variable, secret)));
    }
    return Collections.unmodifiableSet(wanted);
  }

  /** The value of one secret, if it came with the command. */
  public static Optional<String> find(Place place, Wanted wanted) {
    return place.variable(wanted.variable()).or(() -> place.variable(longName(wanted.secret())));
  }

  private static String longName(SecretRef secret) {
    return (secret.secret() + "_" + secret.key())
        .toUpperCase(Locale.ROOT)
        .replaceAll("[^A-Z0-9]", "_");
  }

  /** All values that came with the command, by their variables; nothing of it is to be kept. */
  public static Map<String, String> of(Plan plan) {
    var given = new LinkedHashMap<String, String>();
    for (var each : wanted(plan)) {
      find(plan.place(), each).ifPresent(value -> given.put(each.variable(), value));
    }
    return given;
  }

  /**
   * Holds a run against the rule, as far as its command gave values.
   *
   * @throws UserException where one is too short, or is seen in what is stored
   */
  public static void check(Plan plan) {
    var found = new LinkedHashMap<String, String>();
    for (var each : wanted(plan)) {
      find(plan.place(), each)
          .ifPresent(value -> {
            refuseShort(each, value);
            found.put(value, each.variable());
          });
    }
    refuseShown(plan, new SecretTexts(found));
  }

  /**
   * Refuses a value that nothing can hide.
   *
   * @throws UserException naming the secret and the fewest characters
   */
  public static void refuseShort(Wanted wanted, String value) {
    if (SecretTexts.isTooShort(value)) {
      throw new RequestError.Lacking(
              "the value of the secret "
                  + wanted.words()
                  + " is too short to be masked in logs: expected "
                  + SecretTexts.SHORTEST
                  + " characters or more",
              List.of("give it a longer value, or make it a parameter if it is no secret"))
          .thrown();
    }
  }

  /**
   * Refuses a run whose parameters, or whose steps' variables, hold a secret: these are stored and
   * shown.
   *
   * @throws UserException naming where it stands, without quoting it
   */
  public static void refuseShown(Plan plan, SecretTexts hidden) {
    plan.workflow()
        .params()
        .forEach(
            (name, value) -> refuse(hidden, value, "parameter `" + name + "`", "parameters are"));
    for (var step : plan.workflow().allSteps()) {
      step.surroundings()
          .env()
          .forEach((name, value) ->
              refuse(
                  hidden,
                  value,
                  "the variable `" + name + "` of step `" + step.name() + "`",
                  "what `env` says is"));
    }
  }

  private static void refuse(SecretTexts hidden, String value, String where, String why) {
    hidden
        .in(value)
        .ifPresent(found -> {
          throw new RequestError.Lacking(
                  where
                      + " holds the value of the secret `"
                      + found.variable()
                      + "`, and "
                      + why
                      + " stored and shown",
                  List.of("use `$" + found.variable() + "` in the command in its place"))
              .thrown();
        });
  }
}
