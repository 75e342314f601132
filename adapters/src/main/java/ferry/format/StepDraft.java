package ferry.format;

import ferry.workflow.Foreach;
import ferry.workflow.Step;
import java.util.List;
import java.util.Optional;

/**
 * A step as it stands in the file, before the names in it are looked up.
 *
 * @param key its name, with its place
 * @param body all of its value
 * @param templates every text in it that may hold placeholders
 * @param sources texts of {@code foreach} that name a value of another step
 */
record StepDraft(
    Node.Scalar key, Node body, Step step, List<Template> templates, List<Template> sources) {
  StepDraft {
    templates = List.copyOf(templates);
    sources = List.copyOf(sources);
  }

  String name() {
    return step.name();
  }

  boolean repeatsOver(String variable) {
    return step.foreach()
        .map(Foreach::variables)
        .filter(all -> all.containsKey(variable))
        .isPresent();
  }

  /**
   * The place that an error about one of its keys is shown at; of several texts the one with that
   * text.
   */
  Node place(Optional<String> field, String culprit) {
    var value =
        field
            .flatMap(name ->
                body instanceof Node.Mapping mapping ? mapping.value(name) : Optional.empty())
            .orElse(key);
    if (value instanceof Node.Sequence list) {
      return list.items().stream()
          .filter(item -> item instanceof Node.Scalar scalar && scalar.text().equals(culprit))
          .findFirst()
          .orElse(value);
    }
    return value;
  }
}
