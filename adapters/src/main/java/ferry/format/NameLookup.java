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
    if (!byName.containsKey(step)) {
      var nearest = Names.nearest(step, byName.keySet());
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

  /** Where an error about the whole graph is shown. */
  Location place(DefinitionError error, Node.Mapping file) {
    var culprit =
        switch (error) {
          case DefinitionError.UnknownStep unknown -> unknown.needs();
          case DefinitionError.AcrossFinally across -> across.needs();
          case DefinitionError.Cycle cycle -> cycle.path().get(1);
          case DefinitionError.NoSteps _,
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
