package ferry.kubernetes.capture;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The variables of a step: those of the notebook's container, references as they are, and over them
 * what the shell says of the programs in use. No value that comes from a Secret is ever looked at.
 */
final class CapturedEnvironment {
  private static final Pattern REFERENCE =
      Pattern.compile("(?<!\\$)((?:\\$\\$)*)\\$\\(([^()$]+)\\)");

  private final Container own;
  private final Pod pod;
  private final Inside inside;
  private final Map<String, String> typed;
  private final Ledger ledger;
  private final Set<String> dropped = new LinkedHashSet<>();

  CapturedEnvironment(
      Container own, Pod pod, Inside inside, Map<String, String> typed, Ledger ledger) {
    this.own = own;
    this.pod = pod;
    this.inside = inside;
    this.typed = typed;
    this.ledger = ledger;
  }

  List<EnvVar> variables() {
    var kept = new ArrayList<EnvVar>();
    var hub = new TreeSet<String>();
    for (var variable : own.getEnv()) {
      if (KnownNames.isHubs(variable.getName())) {
        hub.add(variable.getName());
        dropped.add(variable.getName());
      } else {
        keep(variable).ifPresent(kept::add);
      }
    }
    ledger.leave(
        "the variable",
        "the variables",
        hub,
        "they are the notebook server's own, and its token would let a step act as the notebook");
    return overlaid(kept);
  }

  private Optional<EnvVar> keep(EnvVar variable) {
    var name = variable.getName();
    if (variable.getValue() != null) {
      var made = references(variable.getValue()).filter(dropped::contains).findFirst();
      if (made.isPresent()) {
        dropped.add(name);
        ledger.leave(
            "the variable `" + name + "`",
            "it is made of `" + made.get() + "`, which stays behind");
        return Optional.empty();
      }
    }
    return variable.getValueFrom() == null ? Optional.of(variable) : keepReference(variable);
  }

  /** A reference stays one, but what it refers to has to be the same in the step. */
  private Optional<EnvVar> keepReference(EnvVar variable) {
    var source = variable.getValueFrom();
    var resource = source.getResourceFieldRef();
    if (resource != null && resource.getContainerName() != null) {
      if (!resource.getContainerName().equals(own.getName())) {
        dropped.add(variable.getName());
        ledger.leave(
            "the variable `" + variable.getName() + "`",
            "it tells of the container `" + resource.getContainerName() + "`, which stays behind");
        return Optional.empty();
      }
      return Optional.of(
          new EnvVarBuilder(variable)
              .editValueFrom()
              .editResourceFieldRef()
              .withContainerName(Captured.CONTAINER)
              .endResourceFieldRef()
              .endValueFrom()
              .build());
    }
    return Optional.of(
        PodFacts.ofMetadata(pod, source)
            .map(value -> literal(variable.getName(), value))
            .orElse(variable));
  }

  /**
   * What the shell says of Python, paths and languages wins over what the Pod says in so many
   * words.
   */
  private List<EnvVar> overlaid(List<EnvVar> kept) {
    var references =
        kept.stream()
            .filter(variable -> variable.getValueFrom() != null)
            .map(EnvVar::getName)
            .collect(Collectors.toSet());
    var overlay = new TreeMap<String, EnvVar>();
    typed.forEach((name, value) -> {
      if (KnownNames.travels(name) && !references.contains(name)) {
        overlay.put(name, literal(name, value));
      }
    });
    var all = new ArrayList<EnvVar>();
    for (var variable : kept) {
      var other = overlay.remove(variable.getName());
      all.add(other == null ? variable : other);
    }
    // First, because only a variable that stands before another can be a part of it.
    all.addAll(0, overlay.values());
    tellOfTheRest();
    return all;
  }

  /** Names that the shell has and the container did not: set by hand, and maybe secret. */
  private void tellOfTheRest() {
    if (inside.firstNames().isEmpty()) {
      return;
    }
    var declared = own.getEnv().stream().map(EnvVar::getName).collect(Collectors.toSet());
    var byHand =
        typed.keySet().stream()
            .filter(name -> !declared.contains(name) && !inside.firstNames().contains(name))
            .filter(name -> !KnownNames.travels(name) && !KnownNames.isNoise(name))
            .collect(Collectors.toCollection(TreeSet::new));
    ledger.leave(
        "the variable",
        "the variables",
        byHand,
        "set in this shell and not in the Pod; a file's `env:` or `secrets:` gives them to steps");
  }

  /** The value of a variable that is no secret, as the notebook sees it. */
  Optional<String> known(String name) {
    boolean isSecret =
        own.getEnv().stream()
            .filter(variable -> variable.getName().equals(name))
            .anyMatch(variable ->
                variable.getValueFrom() != null
                    && variable.getValueFrom().getSecretKeyRef() != null);
    return isSecret ? Optional.empty() : Optional.ofNullable(typed.get(name));
  }

  static java.util.stream.Stream<String> references(String text) {
    return REFERENCE.matcher(text).results().map(found -> found.group(2));
  }

  /** A variable with exactly that value: to Kubernetes two dollar signs are one. */
  static EnvVar literal(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value.replace("$", "$$")).build();
  }
}
