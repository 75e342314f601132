package ferry.submission;

import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.error.RequestError;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody asks to run.
 *
 * @param key what the client drew for the run's id: 5 to 20 lower-case letters and digits
 * @param kind one-liner, file or exec
 * @param text the one-liner, or the file's text; for exec the words joined
 * @param file the file's name as typed
 * @param argv the program and its arguments, for exec
 * @param name the workflow's name, in place of the one it would have
 * @param params values of parameters
 * @param wishes what every step is to have: {@code cpu}, {@code memory}, {@code gpu}, {@code
 *     timeout}, {@code requirements}
 * @param backend where to run; the default where empty
 */
public record RunRequest(
    String key,
    Origin.Kind kind,
    String text,
    Optional<String> file,
    List<String> argv,
    Optional<String> name,
    Map<String, String> params,
    Map<String, String> wishes,
    Optional<String> backend,
    Place place) {

  public RunRequest {
    argv = List.copyOf(argv);
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    wishes = Collections.unmodifiableMap(new LinkedHashMap<>(wishes));
    checkKey(key);
    if (!place.directory().startsWith("/")) {
      throw bad("`place.directory` is `" + place.directory() + "`; expected an absolute path");
    }
  }

  static void checkKey(String key) {
    if (!key.matches("[a-z0-9]{5,20}")) {
      throw bad("`key` is `" + key + "`; expected 5 to 20 lower-case letters and digits");
    }
  }

  private static RuntimeException bad(String message) {
    return new RequestError.BadRequest(message, List.of()).thrown();
  }

  /** The same with other values of parameters. */
  RunRequest withParams(Map<String, String> others) {
    return new RunRequest(key, kind, text, file, argv, name, others, wishes, backend, place);
  }

  Origin origin() {
    return new Origin(kind, text, file, Optional.empty());
  }

  /**
   * The content hash of all that was asked for. The environment stays out: it is no part of what
   * was asked, and a hash of secret values would tell something about them.
   */
  String digest() {
    var digest =
        new ContentDigest()
            .add(kind.name(), text, file.orElse(""), name.orElse(""), backend.orElse(""))
            .add(place.directory(), place.user(), place.host())
            .addAll(argv);
    return digest.addAll(params).addAll(wishes).hex();
  }
}
