package ferry.workflow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One step of a workflow, as defined.
 *
 * @param name unique in the workflow; see {@link Names}
 * @param after names of the steps that must have succeeded first
 * @param when runs only if this holds; else it is skipped, and with it what comes after
 * @param workers how many processes a distributed step has; 1 for an ordinary one
 */
public record Step(
    String name,
    Command command,
    List<String> after,
    Optional<Foreach> foreach,
    Optional<Condition> when,
    Resources resources,
    Surroundings surroundings,
    Retries retries,
    Optional<Duration> timeout,
    StepFiles files,
    int workers) {

  public Step {
    Names.checkStep(name);
    after = List.copyOf(after);
    if (workers < 1) {
      throw new IllegalArgumentException("a step has at least one worker");
    }
  }

  /** A step with only a shell command. */
  public static Step of(String name, String script, String... after) {
    return named(name, new Command.Shell(script)).after(List.of(after)).build();
  }

  public static Builder named(String name, Command command) {
    return new Builder(name, command);
  }

  /** A builder that starts from this step. */
  public Builder but() {
    return new Builder(this);
  }

  /** Collects what a step has; only the name and the command are needed. */
  public static final class Builder {
    private final String name;
    private Command command;
    private List<String> after = List.of();
    private Optional<Foreach> foreach = Optional.empty();
    private Optional<Condition> when = Optional.empty();
    private Resources resources = Resources.NONE;
    private Surroundings surroundings = Surroundings.NONE;
    private Retries retries = Retries.NONE;
    private Optional<Duration> timeout = Optional.empty();
    private StepFiles files = StepFiles.NONE;
    private int workers = 1;

    private Builder(String name, Command command) {
      this.name = name;
      this.command = command;
    }

    private Builder(Step step) {
      this(step.name, step.command);
      after = step.after;
      foreach = step.foreach;
      when = step.when;
      resources = step.resources;
      surroundings = step.surroundings;
      retries = step.retries;
      timeout = step.timeout;
      files = step.files;
      workers = step.workers;
    }

    public Builder command(Command command) {
      this.command = command;
      return this;
    }

    public Builder after(List<String> after) {
      this.after = after;
      return this;
    }

    public Builder foreach(Foreach foreach) {
      this.foreach = Optional.of(foreach);
      return this;
    }

    public Builder when(Condition when) {
      this.when = Optional.of(when);
      return this;
    }

    public Builder resources(Resources resources) {
      this.resources = resources;
      return this;
    }

    public Builder surroundings(Surroundings surroundings) {
      this.surroundings = surroundings;
      return this;
    }

    public Builder retries(Retries retries) {
      this.retries = retries;
      return this;
    }

    public Builder timeout(Duration timeout) {
      this.timeout = Optional.of(timeout);
      return this;
    }

    public Builder files(StepFiles files) {
      this.files = files;
      return this;
    }

    public Builder workers(int workers) {
      this.workers = workers;
      return this;
    }

    public Step build() {
      return new Step(
          name,
          command,
          after,
          foreach,
          when,
          resources,
          surroundings,
          retries,
          timeout,
          files,
          workers);
    }
  }
}
