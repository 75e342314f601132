package ferry.kubernetes;

import ferry.run.AttemptId;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The attempts that are followed; what is seen of their Jobs and Pods is put to them. */
final class Lives implements Cluster.Listener {
  private final Map<String, AttemptLife> byJob = new ConcurrentHashMap<>();

  /** Whether it was not followed before. */
  boolean add(AttemptLife life) {
    return byJob.putIfAbsent(job(life), life) == null;
  }

  void remove(AttemptLife life) {
    byJob.remove(job(life), life);
  }

  private static String job(AttemptLife life) {
    return Fired.job(life.plan(), life.spec().id());
  }

  /** Puts something to an attempt, if it is followed. */
  void put(AttemptId attempt, Signal signal) {
    put(ObjectNames.of(attempt), signal);
    if (attempt.number() == 1) {
      byJob.values().stream()
          .filter(life -> life.spec().id().equals(attempt) && Fired.is(life.plan(), attempt))
          .forEach(life -> life.put(signal));
    }
  }

  @Override
  public boolean isNeeded() {
    return !byJob.isEmpty();
  }

  @Override
  public void pod(String job, Pod pod, boolean isGone) {
    put(job, isGone ? new Signal.PodGone(pod) : new Signal.PodSeen(pod));
  }

  @Override
  public void job(Job job, boolean isGone) {
    put(job.getMetadata().getName(), isGone ? new Signal.JobGone() : new Signal.JobSeen(job));
  }

  /** Puts something to the attempt of a Job, if it is followed. */
  void put(String job, Signal signal) {
    var life = byJob.get(job);
    if (life != null) {
      life.put(signal);
    }
  }

  @Override
  public void refused(ClusterTrouble words) {
    byJob.values().forEach(life -> life.put(new Signal.Warned(words.inOneClause())));
  }

  @Override
  public void warning(Event event) {
    var about = event.getInvolvedObject();
    if (byJob.isEmpty() || about == null || about.getName() == null) {
      return;
    }
    if ("NodeNotReady".equals(event.getReason()) && "Pod".equals(about.getKind())) {
      put(jobOfPod(about.getName()), new Signal.NodeSilent());
    }
    WaitWords.of(event)
        .ifPresent(why -> {
          var name = about.getName();
          var warned = new Signal.Warned(why);
          switch (PodView.text(about.getKind())) {
            case "Job" -> put(name, warned);
            case "PersistentVolumeClaim" ->
                byJob.values().stream()
                    .filter(life -> RunInCluster.claims(life.plan()).contains(name))
                    .forEach(life -> life.put(warned));
            default -> put(jobOfPod(name), warned);
          }
        });
  }

  /** A Pod is named as its Job, a hyphen, and five letters. */
  private static String jobOfPod(String pod) {
    int hyphen = pod.lastIndexOf('-');
    return hyphen < 0 ? pod : pod.substring(0, hyphen);
  }
}
