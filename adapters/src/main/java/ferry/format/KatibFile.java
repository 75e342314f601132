package ferry.format;

import ferry.experiment.SearchReader.Reading;
import ferry.experiment.SearchReader.Wishes;
import ferry.search.space.Space;
import ferry.workflow.Names;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Katib's Experiment. The Job of its trial template becomes the one step of every trial. */
final class KatibFile {
  static final String FORMAT = "Katib's Experiment";

  private static final String VERSION = "kubeflow.org/v1beta1";
  static final int USUAL_PARALLEL = 3;
  private static final int USUAL_TRIALS = 64;
  private static final int MOST_TRIALS = 1_000_000;
  private static final List<String> POLICIES = List.of("Never", "LongRunning", "FromVolume");

  private final Foreign spec;
  private final String name;
  private final Wishes wishes;
  private final List<String> warnings;
  private final ForeignSearch search;

  private KatibFile(Foreign spec, String name, Wishes wishes, List<String> warnings) {
    this.spec = spec;
    this.name = name;
    this.wishes = wishes;
    this.warnings = warnings;
    this.search =
        new ForeignSearch(wishes, "say how far apart a grid's values are, like `step: \"0.01\"`");
  }

  static boolean isOne(Node.Mapping root) {
    return root.value("kind")
            .filter(kind -> kind instanceof Node.Scalar word && word.text().equals("Experiment"))
            .isPresent()
        && root.has("apiVersion");
  }

  static Reading read(Source source, Node.Mapping root, Wishes wishes) {
    var warnings = new ArrayList<String>();
    var top = new Foreign(source, root, "", warnings);
    top.neededWord("apiVersion", List.of(VERSION), "`" + VERSION + "`");
    top.text("kind");
    var name =
        top.inner("metadata")
            .map(inner -> {
              var given = inner.text("name").or(() -> inner.text("generateName"));
              inner.node("namespace");
              inner.node("labels");
              inner.ignoreRest();
              return given.orElse("experiment");
            })
            .orElse("experiment");
    var spec = top.neededInner("spec", "an Experiment has `spec`");
    top.ignoreRest();
    return new KatibFile(spec, name, wishes, warnings).read();
  }

  private Reading read() {
    spec.node("nasConfig")
        .ifPresent(_ -> {
          throw spec.bad(
              "nasConfig", "a search for the architecture of a network", "`parameters` to search");
        });
    var path = new KatibObjective(spec, search).read();
    var method = new KatibMethod(spec, search);
    var word = method.read();
    var resource = method.resource(KatibSpace.names(spec));
    var space = KatibSpace.read(spec, search, resource);
    counts(word);
    var template =
        spec.neededInner("trialTemplate", "what a trial is: `trialParameters` and `trialSpec`");
    var names = new ArrayList<>(resource.stream().toList());
    space.parameters().forEach(parameter -> names.add(parameter.name()));
    var trial = new KatibTrial(template, names, warnings);
    var step = moved(word, method, trial.step());
    var own = path.filter(one -> !search.isTyped(one.setting())).flatMap(one -> own(one, step));
    var read = search.read(space, wishes.seed());
    var fixed = new LinkedHashMap<String, String>();
    resource.ifPresent(one -> fixed.put(one, Long.toString(read.plan().length().orElse(1))));
    var workflow = workflow(fixed, space, own.orElse(step));
    resume(word);
    spec.rest();
    return new Reading(workflow, read, FORMAT, warnings).in(trial.image());
  }

  /** Katib's own rule: no more at once, and no more that may fail, than there are to be. */
  private void counts(String method) {
    var most = spec.number("maxTrialCount", 1, MOST_TRIALS);
    var atOnce = spec.number("parallelTrialCount", 1, MOST_TRIALS);
    var failures = spec.number("maxFailedTrialCount", 0, MOST_TRIALS);
    for (var key : List.of("parallelTrialCount", "maxFailedTrialCount")) {
      var count = spec.number(key, 0);
      if (most.isPresent() && count.isPresent() && count.getAsLong() > most.getAsLong()) {
        throw spec.bad(
            key, "`" + count.getAsLong() + "`", "at most `maxTrialCount`, " + most.getAsLong());
      }
    }
    int usual = method.equals("grid") ? MOST_TRIALS : USUAL_TRIALS;
    search.set("trials", Long.toString(most.orElse(usual)), spec, "maxTrialCount");
    search.set(
        "parallel", Long.toString(atOnce.orElse(USUAL_PARALLEL)), spec, "parallelTrialCount");
    failures.ifPresent(
        count -> search.set("failures", Long.toString(count), spec, "maxFailedTrialCount"));
  }

  /** Checkpoints of a population are handed on. */
  private static Step moved(String method, KatibMethod of, Step step) {
    return method.equals("pbt")
        ? of.checkpoints().map(checkpoints -> checkpoints.moved(step)).orElse(step)
        : step;
  }

  /** A trial that is told where to write writes into its own directory. */
  private Optional<Step> own(KatibPath path, Step step) {
    var moved = path.moved(step);
    if (moved.isPresent()) {
      search.set(path.setting(), path.own(), path.at(), path.key());
      path.at()
          .warn(
              path.key(),
              "`%s` is `%s` in each trial's own directory, and so its command says"
                  .formatted(path.path(), path.own()));
    }
    return moved;
  }

  /** A population's volume is the experiment's anyway. */
  private void resume(String method) {
    var policy = spec.word("resumePolicy", POLICIES).orElse("Never");
    if (!policy.equals("Never") && !method.equals("pbt")) {
      spec.warn(
          "resumePolicy",
          "`" + policy + "`: an ended search is gone on with by `--warm-start`, as a new one");
    }
  }

  private Workflow workflow(Map<String, String> fixed, Space space, Step step) {
    return new Workflow(
        Names.from(name, "experiment"),
        SearchFiles.samples(fixed, space),
        List.of(step),
        List.of(),
        Optional.empty());
  }
}
