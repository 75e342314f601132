package ferry.kubernetes;

import ferry.error.DefinitionError;
import ferry.workflow.SecretRef;
import ferry.workflow.Workflow;
import java.util.regex.Pattern;

/** What Kubernetes takes as names of Secrets and of keys in them, looked at before it is asked. */
final class SecretNames {
  private static final int LONGEST = 253;

  /** A DNS subdomain name, as RFC 1123 has it. */
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]+");

  private SecretNames() {}

  /**
   * Looks at all secrets that steps name.
   *
   * @throws ferry.error.UserException where none can be called so
   */
  static void check(Workflow workflow) {
    workflow
        .allSteps()
        .forEach(step -> step.surroundings().secrets().forEach((_, secret) -> check(secret)));
  }

  private static void check(SecretRef secret) {
    var name = secret.secret();
    if (!NAME.matcher(name).matches() || name.length() > LONGEST) {
      throw new DefinitionError.BadName(
              "the Secret", name, "small letters, digits, `-` and `.`, as Kubernetes has it")
          .thrown();
    }
    if (!KEY.matcher(secret.key()).matches() || secret.key().length() > LONGEST) {
      throw new DefinitionError.BadName(
              "the key of the Secret `" + name + "`",
              secret.key(),
              "letters, digits, `-`, `_` and `.`, as Kubernetes has it")
          .thrown();
    }
  }
}
