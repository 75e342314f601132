package ferry.format;

import ferry.error.FileError;
import ferry.error.Location;
import ferry.error.SearchError;
import ferry.error.UserError;
import ferry.error.UserException;
import ferry.experiment.Search;
import ferry.experiment.SearchReader.Wishes;
import ferry.experiment.SearchSettings;
import ferry.search.Searcher;
import ferry.search.space.Parameter;
import ferry.search.space.Space;
import ferry.search.space.SpaceReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The search that another program's file asks for, in Ferry's words, with what was said beside the
 * file in place of its own. What cannot be is an error where the file says it.
 */
final class ForeignSearch {
  private static final String TYPED = "--param";

  private record Said(String what, Location place) {}

  private final Wishes wishes;
  private final String gridHelp;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Map<String, String> ofMethod = new LinkedHashMap<>();
  private final Map<String, Said> said = new HashMap<>();

  /**
   * A search of which nothing is said yet.
   *
   * @param gridHelp how a range gets the values that a grid visits
   */
  ForeignSearch(Wishes wishes, String gridHelp) {
    this.wishes = wishes;
    this.gridHelp = gridHelp;
  }

  /** A setting of the search, and the key that says it. */
  void set(String name, String text, Foreign from, String key) {
    settings.put(name, text);
    place(name, from, key);
  }

  /** A setting of its method. */
  void setOfMethod(String name, String text, Foreign from, String key) {
    ofMethod.put(name, text);
    place(name, from, key);
  }

  /** A setting that is the format's own. */
  void setUsual(String name, String text) {
    settings.putIfAbsent(name, text);
  }

  /** Where a setting or a parameter stands. */
  void place(String name, Foreign from, String key) {
    said.putIfAbsent(name, new Said(from.what(key), from.place(key)));
  }

  boolean isTyped(String name) {
    return wishes.settings().containsKey(name);
  }

  /** The file's parameters, and those that were named beside it. */
  Space space(List<Parameter> own) {
    var typed = new LinkedHashMap<String, Parameter>();
    for (var text : wishes.space()) {
      var parameter = SpaceReader.parameter(TYPED, text);
      typed.put(parameter.name(), parameter);
    }
    var all = new ArrayList<Parameter>();
    for (var parameter : own) {
      var other = typed.remove(parameter.name());
      all.add(other == null ? parameter : other);
    }
    all.addAll(typed.values());
    try {
      return new Space(all);
    } catch (UserException e) {
      throw located(e);
    }
  }

  /** The whole search; an error that nothing in the file explains is shown where the method is. */
  Search read(Space space, long seed) {
    try {
      var search =
          SearchSettings.read(
              space,
              SearchSettings.over(settings, wishes.settings()),
              SearchSettings.over(isTyped("method") ? Map.of() : ofMethod, wishes.ofMethod()),
              List.of(),
              seed);
      new Searcher(search.plan());
      return search;
    } catch (UserException e) {
      throw located(e);
    }
  }

  private UserException located(UserException e) {
    var name = SearchSettings.culprit(e.error()).orElse("method");
    if (isTyped(name) || wishes.ofMethod().containsKey(name)) {
      return SearchSettings.asTyped(e, wishes.settings().keySet(), wishes.ofMethod().keySet());
    }
    var found = said.getOrDefault(name, said.get("method"));
    if (found == null) {
      return e;
    }
    return new UserException(worded(e.error(), found.what()), found.place());
  }

  /** The same in the words of the file: its key, and what can be written there. */
  private UserError worded(UserError error, String what) {
    if (error instanceof SearchError.BadSetting bad) {
      return new FileError.WrongType(what, "`" + bad.found() + "`", bad.expected(), bad.help());
    }
    if (error instanceof SearchError.BadParameter bad) {
      return new SearchError.BadParameter(
          bad.parameter(), bad.found(), bad.expected(), List.of(gridHelp));
    }
    if (error instanceof SearchError.MissingSetting missing) {
      return new SearchError.MissingSetting(
          missing.method(),
          missing.setting(),
          "say it beside the file, like `--" + missing.setting() + " 27`");
    }
    return error;
  }
}
