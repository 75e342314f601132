package ferry.kubernetes;

import ferry.backend.Plan;
import ferry.engine.AttemptSpec;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends an attempt's Job; where the cluster does not do it, the wish to stop is put again. */
final class JobStop {
  private static final Logger LOG = LoggerFactory.getLogger(JobStop.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Jobs jobs;
  private final Plan plan;
  private final AttemptSpec spec;
  private final Consumer<Signal> again;

  JobStop(Jobs jobs, Plan plan, AttemptSpec spec, Consumer<Signal> again) {
    this.jobs = jobs;
    this.plan = plan;
    this.spec = spec;
    this.again = again;
  }

  void run() {
    try {
      jobs.stop(plan, spec);
    } catch (Jobs.Trouble trouble) {
      LOG.warn("{} could not be stopped, trying again: {}", spec.id(), trouble.words().message());
      Thread.startVirtualThread(this::ask);
    }
  }

  private void ask() {
    try {
      Thread.sleep(PAUSE);
      again.accept(new Signal.StopAsked());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
