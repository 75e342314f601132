package ferry.format;

import ferry.error.DefinitionError;
import ferry.error.Location;
import ferry.error.TemplateError;
import ferry.error.UserError;
import ferry.error.UserException;
import ferry.format.Placeholders.Placeholder;
import ferry.workflow.Names;
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
    for (var text : draft.templates()) {
      Placeholders.in(text.text()).forEach(used -> check(draft, text, used));
    }
    Stream.concat(draft.templates().stream(), draft.sources().stream())
        .flatMap(text -> Placeholders.in(text.text()).stream())
        .filter(used -> used.value().isPresent())
        .map(Placeholder::name)
        .filter(name -> isLast == lastNames.contains(name))
        .forEach(after::add);
    draft
        .sources()
        .forEach(text -> Placeholders.in(text.text()).forEach(used -> check(draft, text, used)));
    return draft.step().but().after(List.copyOf(after)).build();
  }

  private void check(StepDraft draft, Node.Scalar text, Placeholder used) {
    if (used.value().isPresent()) {
      checkStep(draft, text, used);
      return;
    }
    if (!params.contains(used.name()) && !draft.repeatsOver(used.name())) {
      var known = new ArrayList<>(params);
      draft.step().foreach().ifPresent(foreach -> known.addAll(foreach.variables().keySet()));
      throw at(
          new TemplateError.UnknownPlaceholder(used.name(), Names.nearest(used.name(), known)),
          text,
          used);
    }
  }

  private void checkStep(StepDraft draft, Node.Scalar text, Placeholder used) {
    if (!byName.containsKey(used.name())) {
      var nearest = Names.nearest(used.name(), byName.keySet());
      var key = "{" + used.text() + "}";
      throw at(
          new DefinitionError.UnknownStep(draft.name(), key, used.name(), nearest), text, used);
    }
    if (lastNames.contains(used.name()) && !lastNames.contains(draft.name())) {
      throw at(new DefinitionError.AcrossFinally(draft.name(), used.name(), false), text, used);
    }
  }

  /** Points at the placeholder itself where the text stands in the file as it is read. */
  private UserException at(UserError error, Node.Scalar text, Placeholder used) {
    var written = source.text(text.span());
    int at = written.indexOf("{" + used.text() + "}");
    if (at < 0) {
      return source.error(error, text.span());
    }
    int offset = written.codePointCount(0, at);
    return new UserException(error, source.location(text.span(), offset, used.text().length() + 2));
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
