package ferry.format;

import ferry.error.DefinitionError;
import ferry.error.Location;
import ferry.error.TemplateError;
import ferry.error.UserError;
import ferry.error.UserException;
import ferry.workflow.Names;
import ferry.workflow.Placeholder;
import ferry.workflow.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks up every name that a step uses: a placeholder must be a parameter, a variable of the step's
 * {@code foreach}, or a value of another step, and a step whose value is used comes before the one
 * that uses it.
 */
final class NameLookup {
  private final Source source;
  private final Set<String> params;
  private final List<StepDraft> drafts;
  private final List<StepDraft> last;
  private final Map<String, StepDraft> byName = new LinkedHashMap<>();
  private final Set<String> lastNames = new HashSet<>();

  NameLookup(Source source, Set<String> params, List<StepDraft> drafts, List<StepDraft> last) {
    this.source = source;
    this.params = params;
    this.drafts = drafts;
    this.last = last;
    Stream.concat(drafts.stream(), last.stream())
        .forEach(draft -> byName.putIfAbsent(draft.name(), draft));
    last.forEach(draft -> lastNames.add(draft.name()));
  }

  List<Step> steps() {
    return drafts.stream().map(draft -> completed(draft, false)).toList();
  }

  List<Step> finallySteps() {
    return last.stream().map(draft -> completed(draft, true)).toList();
  }

  /** The step with what it waits for by the values that it uses. */
  private Step completed(StepDraft draft, boolean isLast) {
    var after = new LinkedHashSet<>(draft.step().after());
    Stream.concat(draft.templates().stream(), draft.sources().stream())
        .forEach(template -> template.used().forEach(used -> check(draft, template, used)));
    Stream.concat(draft.templates().stream(), draft.sources().stream())
        .flatMap(template -> template.used().stream())
        .flatMap(used -> Template.step(used).stream())
        .filter(name -> isLast == lastNames.contains(name))
        .forEach(after::add);
    return draft.step().but().after(List.copyOf(after)).build();
  }

  private void check(StepDraft draft, Template template, Placeholder used) {
    var step = Template.step(used);
    if (step.isPresent()) {
      checkStep(draft, template, used, step.get());
      return;
    }
    if (!params.contains(used.name()) && !draft.repeatsOver(used.name())) {
      var known = new ArrayList<>(params);
      draft.step().foreach().ifPresent(foreach -> known.addAll(foreach.variables().keySet()));
      var nearest = Names.nearest(used.name(), known);
      throw at(new TemplateError.UnknownPlaceholder(used.name(), nearest), template, used);
    }
  }

  private void checkStep(StepDraft draft, Template template, Placeholder used, String step) {
    if (step.equals(draft.name())) {
      throw at(new TemplateError.NotEarlier(used.name(), step), template, used);
    }
    if (!byName.containsKey(step)) {
      var others = byName.keySet().stream().filter(name -> !name.equals(draft.name()));
      var nearest = Names.nearest(step, others.toList());
      var key = "{" + used.name() + "}";
      throw at(new DefinitionError.UnknownStep(draft.name(), key, step, nearest), template, used);
    }
    if (lastNames.contains(step) && !lastNames.contains(draft.name())) {
      throw at(new DefinitionError.AcrossFinally(draft.name(), step, false), template, used);
    }
  }

  private UserException at(UserError error, Template template, Placeholder used) {
    var text = template.text().text();
    int start = text.codePointCount(0, used.start());
    int length = text.codePointCount(used.start(), used.end());
    return new UserException(error, source.location(template.text(), start, length));
  }

  /** Names are unique in {@code steps} and in {@code finally}, so the second of two is there. */
  private StepDraft lastOf(String name) {
    return last.stream().filter(draft -> draft.name().equals(name)).findFirst().orElseThrow();
  }

  /** An error about the whole graph, with its place. */
  UserException placed(DefinitionError error, Node.Mapping file) {
    return error instanceof DefinitionError.Cycle(var path, var _)
        ? circle(path)
        : new UserException(error, place(error, file));
  }

  /** A circle, of which each step is followed by one that waits for it. */
  private UserException circle(List<String> path) {
    var links = new ArrayList<String>();
    for (int i = 0; i + 1 < path.size(); i++) {
      links.add(link(path.get(i), draft(path.get(i + 1))));
    }
    var last = draft(path.getLast());
    var error = new DefinitionError.Cycle(path, links);
    var before = path.get(path.size() - 2);
    return isAfter(last, before)
        ? new UserException(error, source.location(last.place(Optional.of("after"), before).span()))
        : use(last, before)
            .map(use -> at(error, use.template(), use.used()))
            .orElseGet(error::thrown);
  }

  /** What makes a step wait for another: an entry of its own, or a value that it uses. */
  private static String link(String before, StepDraft waiting) {
    var how =
        isAfter(waiting, before)
            ? Optional.of("`after: " + before + "`")
            : use(waiting, before).map(use -> "`{" + use.used().name() + "}`");
    return how.orElse("`" + before + "`") + " of step `" + waiting.name() + "`";
  }

  private static boolean isAfter(StepDraft waiting, String before) {
    return waiting.step().after().contains(before);
  }

  /** A value of a step, where it is used. */
  private record Use(Template template, Placeholder used) {}

  private static Optional<Use> use(StepDraft draft, String of) {
    return Stream.concat(draft.templates().stream(), draft.sources().stream())
        .flatMap(template -> template.used().stream().map(used -> new Use(template, used)))
        .filter(use -> Template.step(use.used()).filter(of::equals).isPresent())
        .findFirst();
  }

  private StepDraft draft(String name) {
    return Objects.requireNonNull(byName.get(name));
  }

  private Location place(DefinitionError error, Node.Mapping file) {
    var culprit =
        switch (error) {
          case DefinitionError.UnknownStep unknown -> unknown.needs();
          case DefinitionError.AcrossFinally across -> across.needs();
          case DefinitionError.Cycle _,
              DefinitionError.NoSteps _,
              DefinitionError.DuplicateStep _,
              DefinitionError.BadName _,
              DefinitionError.SameVariable _,
              DefinitionError.BadValue _ ->
              "";
        };
    if (error instanceof DefinitionError.DuplicateStep(var name)) {
      return source.location(lastOf(name).key().span());
    }
    var node =
        error
            .step()
            .map(byName::get)
            .map(draft -> draft.place(error.field(), culprit))
            .orElse(file);
    return source.location(node.span());
  }
}
