package ferry.kubernetes;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** The ways in which objects of a cluster are changed in part. */
public final class Patches {
  /** What is said takes the place of what is there, lists as wholes (RFC 7386). */
  public static final PatchContext MERGE = of(PatchType.JSON_MERGE);

  /** As the kind of object has it: what is said of a list may be added to it. */
  public static final PatchContext STRATEGIC = of(PatchType.STRATEGIC_MERGE);

  private Patches() {}

  private static PatchContext of(PatchType type) {
    return new PatchContext.Builder().withPatchType(type).build();
  }
}
