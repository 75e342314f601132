package ferry.submission;

import ferry.backend.CodeKeeper;
import ferry.backend.Origin;
import ferry.backend.Plan;
import ferry.error.RequestError;
import ferry.error.UserException;
import ferry.experiment.Experiment;
import ferry.experiment.Experiments;
import ferry.experiment.Search;
import ferry.experiment.SearchReader;
import ferry.experiment.SearchSettings;
import ferry.experiment.WarmStart;
import ferry.search.Forecast;
import ferry.search.Preview;
import ferry.search.Searcher;
import ferry.search.chance.NumpyRandom;
import ferry.search.space.Parameter;
import ferry.search.space.Point;
import ferry.search.space.Space;
import ferry.search.space.SpaceReader;
import ferry.search.space.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes experiments of what was asked for, or says what is wrong with it. */
public final class Searches {
  private static final String TYPED = "--param";

  private final RequestReader reader;
  private final SearchReader files;
  private final Submissions submissions;
  private final CodeKeeper code;
  private final Experiments experiments;
  private final WarmStart warm;

  public Searches(
      RequestReader reader,
      SearchReader files,
      Submissions submissions,
      CodeKeeper code,
      Experiments experiments,
      WarmStart warm) {
    this.warm = warm;
    this.reader = reader;
    this.files = files;
    this.submissions = submissions;
    this.code = code;
    this.experiments = experiments;
  }

  /**
   * A search as it was understood.
   *
   * @param experiment without its code, which is kept when it begins
   * @param words what it will do, in plain sentences
   */
  public record Draft(
      Experiment experiment,
      List<Preview> preview,
      List<String> words,
      List<String> warnings,
      Optional<UserException> refused) {
    public Draft {
      preview = List.copyOf(preview);
      words = List.copyOf(words);
      warnings = List.copyOf(warnings);
    }

    /** What it would cost. */
    public Forecast forecast() {
      return Forecast.of(experiment.search());
    }
  }

  /**
   * Understands a search; nothing has happened when it is refused.
   *
   * @throws ferry.error.UserException for anything that is wrong in it
   */
  public Draft read(SearchRequest request) {
    var read = request.trial().kind() == Origin.Kind.FILE ? file(request) : typed(request);
    var search = warm.of(asked(read.search(), request));
    var plan = search.plan();
    var experiment = new Experiment(template(request, read), search);
    var searcher = new Searcher(plan);
    var backend = submissions.backend(experiment.template());
    backend.render(experiment.template());
    var refused = read.refused().or(() -> OwnMetrics.doubt(experiment, request.settings()));
    return new Draft(
        experiment,
        searcher.preview(),
        SearchWords.of(experiment, searcher, read.format(), refused),
        warnings(read, experiment),
        refused);
  }

  /** Where trials run in the image that the file names, it is no news that others have none. */
  private static List<String> warnings(SearchReader.Reading read, Experiment experiment) {
    var all = new ArrayList<>(read.warnings());
    if (read.isOwn()) {
      all.addAll(SearchWords.doubts(read));
    }
    if (!Elsewhere.is(experiment.template())) {
      return all;
    }
    all.removeIf(warning -> warning.endsWith("where trials are local processes"));
    all.addAll(Elsewhere.warnings(experiment));
    return all;
  }

  /** What is named beside a file holds for files of every format. */
  private static Search asked(Search search, SearchRequest request) {
    var earlier = Optional.ofNullable(request.settings().get("warm_start"));
    return new Search(
        search.plan(), search.objective(), search.budget(), earlier.or(search::warmStart));
  }

  /** Begins a search that was understood; it is durable when this returns. */
  public Experiment begin(Draft draft) {
    if (draft.refused().isPresent()) {
      throw draft.refused().get();
    }
    var template = draft.experiment().template();
    var kept = code.keep(Path.of(template.place().directory()));
    if (kept.snapshot().isEmpty()) {
      throw new RequestError.Conflict(
              "trials work in copies of the code, and it could not be kept: "
                  + kept.note().orElse("nobody knows why"),
              List.of("name what is no code in a `.ferryignore`"))
          .thrown();
    }
    var experiment = new Experiment(template.withCode(kept), draft.experiment().asSearch());
    experiments.begin(experiment);
    return experiment;
  }

  private SearchReader.Reading file(SearchRequest request) {
    var trial = request.trial();
    var wishes =
        new SearchReader.Wishes(
            trial.params(),
            request.settings(),
            request.ofMethod(),
            request.space(),
            seed(trial.key()));
    var read =
        files.read(
            trial.file().orElse("ferry.yaml"), trial.place().directory(), trial.text(), wishes);
    var workflow = Wishes.read(trial.wishes()).in(read.workflow().withParams(trial.params()));
    Parameters.refuseTwins(workflow);
    return read.of(workflow);
  }

  private SearchReader.Reading typed(SearchRequest request) {
    var trial = request.trial();
    var space = space(request.space());
    var search = typed(request, space);
    var params = withSamples(trial.params(), space);
    var plan = search.plan();
    plan.lengthParameter().ifPresent(name -> params.put(name, plan.length().orElse(1) + ""));
    var reading = reader.read(trial.withParams(params));
    return new SearchReader.Reading(reading.workflow(), search, "", reading.warnings());
  }

  private static Search typed(SearchRequest request, Space space) {
    var settings = request.settings();
    try {
      var search =
          SearchSettings.read(
              space, settings, request.ofMethod(), List.of(), seed(request.trial().key()));
      new Searcher(search.plan());
      return search;
    } catch (UserException e) {
      throw SearchSettings.asTyped(e, settings.keySet(), request.ofMethod().keySet());
    }
  }

  private static Space space(List<String> texts) {
    if (texts.isEmpty()) {
      throw new RequestError.BadRequest(
              "no parameter is searched",
              List.of("name one: `--param lr=log:1e-4..1e-1`, `--param layers=int:1..4`"))
          .thrown();
    }
    var parameters = new LinkedHashMap<String, Parameter>();
    for (var text : texts) {
      var next = SpaceReader.parameter(TYPED, text);
      if (parameters.put(next.name(), next) != null) {
        throw new RequestError.BadRequest(
                "parameter `" + next.name() + "` is given twice",
                List.of("values to choose from are written `" + next.name() + "=[relu, tanh]`"))
            .thrown();
      }
    }
    try {
      return new Space(List.copyOf(parameters.values()));
    } catch (UserException e) {
      var name = SearchSettings.culprit(e.error()).orElse("") + "=";
      var text = texts.stream().filter(one -> one.startsWith(name)).findFirst();
      throw text.isEmpty() ? e : e.at(SpaceReader.conditionIn(TYPED, text.get()));
    }
  }

  /** The parameters, and one value of each that is searched, so that commands can be checked. */
  public static Map<String, String> withSamples(Map<String, String> params, Space space) {
    var all = new LinkedHashMap<>(params);
    Point sample = space.sample(new NumpyRandom(0));
    for (var parameter : space.parameters()) {
      all.put(parameter.name(), sample.get(parameter.name()).map(Value::text).orElse(""));
    }
    return all;
  }

  /** A seed that was settled when the client drew the key: the same request, the same search. */
  private static long seed(String key) {
    return Long.parseLong(new ContentDigest().add("seed", key).hex().substring(0, 7), 16);
  }

  private Plan template(SearchRequest request, SearchReader.Reading read) {
    var trial = request.trial();
    var workflow = read.workflow();
    var plan = submissions.preview(new Reading(workflow, trial.origin(), List.of(), trial));
    return new Plan(
        Experiment.id(workflow.name(), trial.key()),
        plan.workflow(),
        plan.backend(),
        plan.place(),
        plan.origin(),
        plan.code(),
        request.digest(),
        plan.submitted(),
        setting(plan, read));
  }

  /** What was said beside the file holds. */
  private static Map<String, String> setting(Plan plan, SearchReader.Reading read) {
    var setting = new LinkedHashMap<>(read.setting());
    setting.putAll(plan.setting());
    if (Elsewhere.is(plan)) {
      read.image().ifPresent(name -> setting.putIfAbsent("image", name));
    }
    return setting;
  }
}
