package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

/** What comes in of an attempt. */
sealed interface Signal {
  record PodSeen(Pod pod) implements Signal {}

  record PodGone(Pod pod) implements Signal {}

  record JobSeen(Job job) implements Signal {}

  record JobGone() implements Signal {}

  record Warned(String why) implements Signal {}

  /** Nothing is heard of the Pod's node any more. */
  record NodeSilent() implements Signal {}

  record StopAsked() implements Signal {}

  record SaidEnd(LastWord.Said said) implements Signal {}
}
