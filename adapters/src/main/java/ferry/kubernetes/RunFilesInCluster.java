package ferry.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the Pods of a run find in the cluster beside themselves.
 *
 * @param code names of the ConfigMaps that hold the packed code, in their order; empty where the
 *     code needs not be brought
 * @param claim the claim on which the steps hand files on, where one is made for the run
 * @param isOfOneNode whether only one node at a time can mount that claim
 * @param isFetched whether steps fetch the code from the server
 * @param isThere whether an earlier step has brought the code
 * @param secret the name of the run's own Secret
 * @param given which variables that Secret holds
 * @param group the group that may write to claims made for the run, where nobody names another
 * @param checkpoints where checkpoints lie from which other runs go on
 */
public record RunFilesInCluster(
    List<String> code,
    Optional<String> claim,
    boolean isOfOneNode,
    boolean isFetched,
    boolean isThere,
    String secret,
    Set<String> given,
    Optional<Long> group,
    Optional<CheckpointClaim> checkpoints) {

  public RunFilesInCluster {
    code = List.copyOf(code);
    given = Set.copyOf(given);
  }

  /** The same for one step alone, which hands nothing on. */
  RunFilesInCluster withoutClaim() {
    return new RunFilesInCluster(
        code, Optional.empty(), false, isFetched, false, secret, given, group, checkpoints);
  }

  /** The same for a step that finds the code on the claim. */
  RunFilesInCluster withCodeThere() {
    boolean isBrought = claim.isPresent() && (isFetched || !code.isEmpty());
    return isBrought
        ? new RunFilesInCluster(
            List.of(), claim, isOfOneNode, false, true, secret, given, group, checkpoints)
        : this;
  }

  /** Files of a run whose steps fetch nothing, and from which no other goes on. */
  public RunFilesInCluster(
      List<String> code,
      Optional<String> claim,
      boolean isOfOneNode,
      String secret,
      Set<String> given) {
    this(code, claim, isOfOneNode, false, false, secret, given, Optional.empty(), Optional.empty());
  }
}
