package ferry.kubernetes.capture;

import java.util.Optional;

/** An image's name with its digest. */
final class ImageName {
  private ImageName() {}

  /**
   * The image by digest, as it can be pulled anywhere; empty where the node has it from elsewhere
   * than the registry that was written, or from no registry.
   *
   * @param written as in the Pod's spec
   * @param id what the node says it runs: {@code registry/name@sha256:…}, maybe after {@code
   *     docker-pullable://}, or a bare {@code sha256:…}
   */
  static Optional<String> pinned(String written, String id) {
    var plain = id.substring(id.indexOf("://") < 0 ? 0 : id.indexOf("://") + 3);
    int at = plain.indexOf("@sha256:");
    if (at < 0 || !full(plain.substring(0, at)).equals(full(repository(written)))) {
      return Optional.empty();
    }
    return Optional.of(repository(written) + plain.substring(at));
  }

  /** Without tag and digest. A colon before a slash belongs to the registry's port. */
  private static String repository(String image) {
    var name = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
  }

  /** With the registry and folder that are meant where none are written. */
  private static String full(String repository) {
    int slash = repository.indexOf('/');
    var first = slash < 0 ? "" : repository.substring(0, slash);
    if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
      return repository.replaceFirst("^index\\.docker\\.io/", "docker.io/");
    }
    return "docker.io/" + (slash < 0 ? "library/" : "") + repository;
  }
}
