package ferry.format;

import ferry.error.FileError;
import ferry.experiment.Search;
import ferry.experiment.SearchReader;
import ferry.schedule.FiringTimes;
import ferry.search.chance.NumpyRandom;
import ferry.search.space.Space;
import ferry.search.space.Value;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads files that describe a search, of every format that is known, told by their content. */
public final class SearchFiles implements SearchReader {
  private final Schedules schedules;

  /** A reader; times and zone are for files that have a schedule too. */
  public SearchFiles(FiringTimes times, ZoneId zone) {
    this.schedules = new Schedules(times, zone);
  }

  @Override
  public Reading read(String name, String directory, String text, Wishes wishes) {
    WorkflowFiles.checkSize(name, text.length());
    var source = new Source(name, directory, text);
    FirstLook.check(source);
    var root = WorkflowFiles.root(source);
    if (DeterminedFile.isOne(root)) {
      return DeterminedFile.read(source, root, wishes);
    }
    if (KatibFile.isOne(root)) {
      return KatibFile.read(source, root, wishes);
    }
    return own(source, root, wishes);
  }

  private Reading own(Source source, Node.Mapping root, Wishes wishes) {
    var fields = Fields.of(source, "the workflow", root, FerryKeys.WORKFLOW);
    var section =
        fields
            .node("search")
            .orElseThrow(() ->
                source.error(
                    new FileError.MissingKey(
                        "the file",
                        "search",
                        List.of(
                            "write `search:` with `metric`, `goal` and `space` in it",
                            "a workflow without it runs by `ferry run -f " + source.name() + "`")),
                    root.span()));
    Search search =
        new FerrySearch(source, fields.inner("search", section, SearchKeys.SEARCH), wishes).read();
    var plan = search.plan();
    var params = samples(wishes.params(), plan.space());
    plan.lengthParameter().ifPresent(one -> params.put(one, plan.length().orElse(1) + ""));
    var workflow = FerryFile.read(source, root, schedules, params);
    return new Reading(workflow, search, FerryFile.FORMAT, List.of());
  }

  /** Parameters that are given, and one value of each that is searched. */
  static Map<String, String> samples(Map<String, String> given, Space space) {
    var all = new LinkedHashMap<>(given);
    var sample = space.sample(new NumpyRandom(0));
    for (var parameter : space.parameters()) {
      all.put(parameter.name(), sample.get(parameter.name()).map(Value::text).orElse(""));
    }
    return all;
  }
}
