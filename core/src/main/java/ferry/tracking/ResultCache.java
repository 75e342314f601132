package ferry.tracking;

import ferry.run.RunId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Results of steps by everything that they depend on: the newest one for each key. */
public interface ResultCache {

  /**
   * What a step came to.
   *
   * @param run the run that it ran in; what it put out is kept among that run's artifacts
   * @param values what it put out for later steps
   */
  record Result(RunId run, String stepRun, Instant at, Map<String, String> values) {
    public Result {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /**
   * The newest result under a key.
   *
   * @param key 64 hexadecimal digits
   */
  Optional<Result> find(String key);

  /** Remembers a result; an older one under that key is forgotten. */
  void remember(String key, Result result);
}
