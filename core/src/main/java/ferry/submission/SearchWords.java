package ferry.submission;

import ferry.error.UserException;
import ferry.experiment.Experiment;
import ferry.experiment.Search;
import ferry.experiment.SearchReader;
import ferry.search.Searcher;
import ferry.search.space.Constant;
import ferry.search.space.Parameter;
import ferry.search.space.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a search will do, and what may be meant otherwise than it was written. */
final class SearchWords {
  private static final String NUMBER = "[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?";
  private static final Pattern LIST =
      Pattern.compile("[{(]?\\s*[\\w.+-]+(\\s*,\\s*[\\w.+-]+)+\\s*[})]?");
  private static final Pattern RANGE =
      Pattern.compile("(" + NUMBER + ")\\s*(?::|-|to)\\s*(" + NUMBER + ")");

  private SearchWords() {}

  /** In plain sentences. */
  static List<String> of(
      Experiment experiment, Searcher searcher, String format, Optional<UserException> refused) {
    Search search = experiment.asSearch();
    var plan = search.plan();
    var words = new ArrayList<String>();
    if (!format.isEmpty()) {
      words.add("reads " + format);
    }
    refused.ifPresent(why -> words.add("cannot be run as it is: " + why.error().message()));
    words.add(
        "searches %s by %s: %s"
            .formatted(
                counted(plan.space().dimension(), "parameter"), plan.method(), searcher.words()));
    if (!plan.earlier().isEmpty()) {
      words.add("begins with " + counted(plan.earlier().size(), "known point"));
    }
    plan.space()
        .parameters()
        .forEach(parameter -> words.add("  " + parameter.name() + " = " + parameter.text()));
    plan.lengthParameter().ifPresent(name -> words.add("  " + name + " = how long a trial trains"));
    words.add(
        "%ss `%s`, up to %s, %s at once, seed %d"
            .formatted(
                plan.goal().name().toLowerCase(Locale.ROOT),
                search.objective().metric(),
                counted(plan.trials(), "trial"),
                plan.parallel() == 0
                    ? "as many as the method likes"
                    : "%,d".formatted(plan.parallel()),
                plan.seed()));
    return words;
  }

  private static String counted(int number, String noun) {
    return "%,d %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }

  /** Warnings about what is written in Ferry's own words. */
  static List<String> doubts(SearchReader.Reading read) {
    var doubts = new ArrayList<String>();
    var parameters = read.search().plan().space().parameters();
    parameters.forEach(parameter -> doubt(parameter, doubts));
    if (parameters.stream().allMatch(one -> one.domain() instanceof Constant)) {
      doubts.add("every parameter has one value, so there is one trial to make");
    }
    if (!read.format().isEmpty()) {
      var names = parameters.stream().map(Parameter::name).toList();
      doubts.addAll(Parameters.unusedInSearch(read.workflow(), names));
    }
    return doubts;
  }

  private static void doubt(Parameter parameter, List<String> doubts) {
    if (!(parameter.domain() instanceof Constant(Value.Text(var text)))) {
      return;
    }
    var range = RANGE.matcher(text);
    if (range.matches()) {
      doubts.add(
          "`%s` is always `%s`; a range is written `%s..%s`"
              .formatted(parameter.name(), text, range.group(1), range.group(2)));
    } else if (LIST.matcher(text).matches()) {
      doubts.add(
          "`%s` is always `%s`; values to choose from are written `[%s]`"
              .formatted(
                  parameter.name(),
                  text,
                  text.replaceAll("[{}()]", "").strip().replaceAll("\\s*,\\s*", ", ")));
    }
  }
}
