package ferry.kubernetes;

import ferry.backend.Plan;
import ferry.engine.AttemptSpec;
import ferry.run.Outcome;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** What an attempt's life asks of its cluster. */
interface Jobs {

  /** The cluster did not do it. */
  final class Trouble extends Exception {
    private static final long serialVersionUID = 1;
    private final transient ClusterTrouble words;

    Trouble(ClusterTrouble words) {
      super(words.message(), null, false, false);
      this.words = words;
    }

    ClusterTrouble words() {
      return words;
    }
  }

  /** Creates the attempt's Job, and before it what its run needs; it may be there already. */
  void create(Plan plan, AttemptSpec attempt) throws Trouble;

  /** Whether the attempt's Job is there; what is known of its Pods is put to the attempt. */
  boolean find(Plan plan, AttemptSpec attempt) throws Trouble;

  /** The Pods that the attempt's Job has now, asked for anew. */
  List<Pod> pods(Plan plan, AttemptSpec attempt) throws Trouble;

  /**
   * Ends the attempt's Job with its Pods, which have their time to end. The Job itself stays: with
   * the last of a run's Jobs would go all that the run has, its files among it.
   */
  void stop(Plan plan, AttemptSpec attempt) throws Trouble;

  KubernetesClient client(Plan plan);

  /** What the cluster tells of why something waits. */
  WaitReasons reasons(Plan plan);

  /** The attempt's end is about to be told. */
  void told(AttemptLife life, Outcome outcome);

  /** Nothing more of the attempt needs to be seen. */
  void forget(AttemptLife life);
}
