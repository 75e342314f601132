package ferry.kubernetes.checkup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads from what we show a cluster whom it takes us for. Older clusters cannot be asked. */
final class Whoami {
  private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,]+)");

  private Whoami() {}

  /** Empty where a plug-in signs in, whose tokens say nothing to us. */
  static Optional<Subject> in(KubernetesClient client) {
    var config = client.getConfiguration();
    return Optional.ofNullable(config.getAutoOAuthToken())
        .or(() -> Optional.ofNullable(config.getOauthToken()))
        .flatMap(Whoami::ofToken)
        .or(() -> Optional.ofNullable(config.getClientCertData()).flatMap(Whoami::ofCertificate))
        .or(() -> Optional.ofNullable(config.getUsername()))
        .map(Subject::of);
  }

  private static Optional<String> ofToken(String token) {
    var parts = token.split("\\.");
    if (parts.length != 3) {
      return Optional.empty();
    }
    try (var json = new JsonFactory().createParser(Base64.getUrlDecoder().decode(parts[1]))) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME && "sub".equals(json.currentName())) {
          return Optional.ofNullable(json.nextTextValue());
        }
      }
      return Optional.empty();
    } catch (IOException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> ofCertificate(String data) {
    try {
      var bytes = Base64.getMimeDecoder().decode(data);
      var certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(bytes));
      var name = COMMON_NAME.matcher(certificate.getSubjectX500Principal().getName());
      return name.find() ? Optional.of(name.group(1)) : Optional.empty();
    } catch (CertificateException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
