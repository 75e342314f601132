package ferry.kubernetes.rights;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Asks a cluster what the account may do, without doing it. Every account may ask that. */
public final class AccessReviews {
  private static final int AT_ONCE = 4;

  private final KubernetesClient client;
  private final String namespace;

  public AccessReviews(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** Of these rights those that the account does not have, each with the verbs that it lacks. */
  public List<Right> lacking(List<Right> rights) throws InterruptedException {
    var asked = new ArrayList<Callable<Boolean>>();
    for (var right : rights) {
      right.verbs().forEach(verb -> asked.add(() -> mayDo(right, verb)));
    }
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var answers = threads.invokeAll(asked).iterator();
      var lacking = new ArrayList<Right>();
      for (var right : rights) {
        var verbs = new ArrayList<String>();
        for (var verb : right.verbs()) {
          if (!answers.next().get()) {
            verbs.add(verb);
          }
        }
        if (!verbs.isEmpty()) {
          lacking.add(right.withVerbs(verbs));
        }
      }
      return lacking;
    } catch (ExecutionException e) {
      throw new IllegalStateException("an access review failed", e.getCause());
    }
  }

  private boolean mayDo(Right right, String verb) {
    var parts = right.resource().split("/", 2);
    var review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withNamespace(namespace)
            .withGroup(right.group())
            .withResource(parts[0])
            .withSubresource(parts.length > 1 ? parts[1] : null)
            .withVerb(verb)
            .endResourceAttributes()
            .endSpec()
            .build();
    var answer = client.authorization().v1().selfSubjectAccessReview().create(review);
    // Who does not answer the question does not say no.
    return answer.getStatus() == null || Boolean.TRUE.equals(answer.getStatus().getAllowed());
  }
}
