package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Code packed into ConfigMaps that never change. The same code has the same names, so that all of a
 * home's runs of it, and all trials of an experiment, share one set. A schedule has its own, which
 * goes with it.
 *
 * @param names in the order of their parts
 */
public record CodeParts(String hash, List<String> names) {
  /** No code, or code that is there already. */
  public static final CodeParts NONE = new CodeParts("", List.of());

  /** A ConfigMap takes 1 MiB in all. */
  static final int PART_BYTES = 1_000_000;

  private static final int HASH_LENGTH = 16;

  public CodeParts {
    names = List.copyOf(names);
  }

  /**
   * The parts of packed code.
   *
   * @param of what their names begin with
   * @param hash of the snapshot
   */
  static CodeParts of(String of, String hash, int packedBytes) {
    int count = Math.max(1, (packedBytes + PART_BYTES - 1) / PART_BYTES);
    var names = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      names.add(of + "-" + hash.substring(0, HASH_LENGTH) + "-" + count + "-" + i);
    }
    return new CodeParts(hash, names);
  }

  ConfigMap part(int index, String namespace, String home, byte[] packed) {
    int from = index * PART_BYTES;
    var bytes = Arrays.copyOfRange(packed, from, Math.min(packed.length, from + PART_BYTES));
    var labels = Labels.ours(home);
    labels.put(Labels.CODE, hash.substring(0, HASH_LENGTH));
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(names.get(index))
        .withNamespace(namespace)
        .withLabels(labels)
        .endMetadata()
        .withImmutable(true)
        .withBinaryData(
            Map.of("part-%03d".formatted(index), Base64.getEncoder().encodeToString(bytes)))
        .build();
  }
}
