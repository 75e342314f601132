package ferry.experiment;

import ferry.backend.Plan;
import ferry.run.RunId;
import ferry.search.SearchPlan;

/**
 * A search that is to be: everything that was decided before it begins.
 *
 * @param template what every trial is, but for its parameters; its id is the experiment's
 */
public record Experiment(Plan template, SearchPlan search, Objective objective, Budget budget) {
  /** A trial's run has this name, a hyphen and the trial's number. */
  private static final int LONGEST_ID = 52;

  public Experiment {
    if (template.id().value().length() > LONGEST_ID) {
      throw new IllegalArgumentException("an experiment's id leaves room for its trials' numbers");
    }
  }

  public Experiment(Plan template, Search search) {
    this(template, search.plan(), search.objective(), search.budget());
  }

  public RunId id() {
    return template.id();
  }

  public Search asSearch() {
    return new Search(search, objective, budget);
  }

  /** The id of an experiment: that of a run of the workflow, cut so that trials have room. */
  public static RunId id(String workflow, String key) {
    var name = workflow.substring(0, Math.min(workflow.length(), LONGEST_ID - key.length() - 1));
    return RunId.of(name, key);
  }

  /**
   * The name of a trial's run.
   *
   * @param continued how often it was gone on with
   */
  public static RunId run(RunId experiment, int trial, int continued) {
    var name = experiment + "-" + trial;
    return new RunId(continued == 0 ? name : name + "-" + (continued + 1));
  }
}
