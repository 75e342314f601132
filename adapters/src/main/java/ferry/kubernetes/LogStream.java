package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.URLUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a container's log, at once: the client's own way waits for the Pod to be ready first,
 * and lists Pods for it.
 */
final class LogStream {
  private static final int OK = 200;

  /** Nobody is there who knows: too many ask, or what stands before the cluster is alone. */
  private static final Set<Integer> CANNOT_NOW = Set.of(429, 502, 503, 504);

  private static final Set<Integer> DENIED = Set.of(401, 403);
  private static final long LONGEST_SECONDS = 20;

  private LogStream() {}

  private static String container(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .map(one -> one.getName())
        .filter(PodSetting::isStep)
        .findFirst()
        .orElse(PodSetting.STEP);
  }

  /** The cluster cannot be reached now, or its node: nothing is known of the log. */
  static final class Away extends IOException {
    private static final long serialVersionUID = 1;

    Away(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The node has no such log any more: asking again would not help. */
  static final class Gone extends IOException {
    private static final long serialVersionUID = 1;

    Gone(int code) {
      super("the cluster answers " + code);
    }
  }

  /**
   * The log of the step's container, each line with its time.
   *
   * @param follow whether what will be written comes too; else the stream ends with what is there
   * @param since a time in whole seconds; all of it where empty
   * @throws Gone where there is no such log
   * @throws Away where the cluster cannot be reached
   * @throws IOException where the cluster does not give it now
   */
  static InputStream open(KubernetesClient client, Pod pod, boolean follow, Optional<String> since)
      throws IOException, InterruptedException {
    var url =
        URLUtils.join(
            client.getMasterUrl().toString(),
            "api/v1/namespaces/" + pod.getMetadata().getNamespace(),
            "pods/" + pod.getMetadata().getName(),
            "log?container=" + container(pod) + "&timestamps=true");
    var whole =
        url + (follow ? "&follow=true" : "") + since.map(at -> "&sinceTime=" + at).orElse("");
    var request = client.getHttpClient().newHttpRequestBuilder().uri(URI.create(whole));
    if (follow) {
      request.forStreaming();
    }
    var answer = ask(client, request.build());
    try {
      // While nothing is written the answer itself may not begin.
      var response = follow ? answer.get() : answer.get(LONGEST_SECONDS, TimeUnit.SECONDS);
      if (response.code() != OK) {
        response.body().close();
        throw refusal(response.code());
      }
      return response.body();
    } catch (ExecutionException failed) {
      throw new Away("the cluster cannot be reached", failed.getCause());
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw new Away("no answer came", late);
    } catch (InterruptedException closed) {
      answer.cancel(true);
      throw closed;
    }
  }

  /** Whether the cluster answers, whatever it says: then it is the node that does not. */
  static boolean isAnyoneThere(KubernetesClient client) throws InterruptedException {
    var url = URLUtils.join(client.getMasterUrl().toString(), "version");
    var request = client.getHttpClient().newHttpRequestBuilder().uri(URI.create(url)).build();
    try {
      var answer = ask(client, request).get(LONGEST_SECONDS, TimeUnit.SECONDS);
      answer.body().close();
      return !CANNOT_NOW.contains(answer.code());
    } catch (IOException | ExecutionException | TimeoutException _) {
      return false;
    }
  }

  private static IOException refusal(int code) {
    if (CANNOT_NOW.contains(code)) {
      return new Away("the cluster cannot answer now: " + code, null);
    }
    if (DENIED.contains(code)) {
      return new IOException("it may not be read, the cluster answers " + code);
    }
    return code >= 400 && code < 500
        ? new Gone(code)
        : new IOException("the cluster answers " + code);
  }

  private static CompletableFuture<HttpResponse<InputStream>> ask(
      KubernetesClient client, HttpRequest request) throws IOException {
    try {
      return client.getHttpClient().sendAsync(request, InputStream.class);
    } catch (IllegalStateException closed) {
      throw new IOException(closed); // the server ends
    }
  }
}
