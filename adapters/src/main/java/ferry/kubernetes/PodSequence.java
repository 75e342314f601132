package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Pods of one Job, one after another: a cluster makes another for one that failed or went, at
 * times in the same second, which is all that Pods know of when they were made.
 */
final class PodSequence {
  private final Set<String> past = new HashSet<>();
  private boolean isBegun;

  /** Whether it had not begun before. */
  boolean begin() {
    boolean isFirst = !isBegun;
    isBegun = true;
    return isFirst;
  }

  /** Whether a Pod comes after the one that is known; none that was left does. */
  boolean isNext(Pod pod, Pod known) {
    return !past.contains(uid(pod))
        && (PodView.isInPlaceOf(pod, known) || PodView.isOfOneSecond(pod, known));
  }

  /** A Pod is left for another. */
  void leave(@Nullable Pod pod) {
    if (pod != null) {
      past.add(uid(pod));
    }
  }

  /** Those of all Pods that are left of the sequence, in order. */
  List<Pod> rest(List<Pod> all, @Nullable Pod known) {
    return all.stream()
        .filter(pod -> !past.contains(uid(pod)))
        .sorted(
            Comparator.comparing((Pod pod) -> pod.getMetadata().getCreationTimestamp())
                .thenComparing(pod -> known == null || !PodView.isSame(known, pod)))
        .toList();
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }
}
