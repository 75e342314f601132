package ferry.kubernetes;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import ferry.error.OutputError;
import ferry.error.UserError;
import ferry.run.Outcome;
import ferry.workflow.SecretTexts;
import ferry.workflow.StepValues;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Looks at what a step put out, in the step's own Pod and before the cluster keeps it: neither the
 * value of a secret nor more than a step may put out comes into the Pod's status. While a command
 * with secrets runs, what it puts out lies in a file of the container, so that nothing of it is
 * kept if the container is killed.
 *
 * @param secrets variables whose values come from Secrets
 * @param paths where Secrets are mounted: directories of their keys, or single files
 */
public record OutputGuard(List<String> secrets, List<String> paths) {
  private static final String SECRET = StepScript.OUR_WORD + "secret ";
  private static final String TOO_MUCH = StepScript.OUR_WORD + "too much ";

  /** Where Secrets of {@code envFrom} are mounted too: their keys are known in the Pod alone. */
  private static final String BESIDE = "/ferry/secrets/";

  private static final String BESIDE_VOLUME = "ferry-secret-";

  /** Larger files are no secrets but, say, lists of certificates. */
  private static final int MOST_FILE_BYTES = 65_536;

  /** Others no shell can read. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /**
   * In memory where that can be, for a directory of temporary files may lie on a volume. Where it
   * cannot be anywhere else, the file is the one that the cluster keeps.
   */
  private static final String ASIDE =
      """
      ferry_told=$FERRY_OUTPUT
      FERRY_OUTPUT=$(mktemp /dev/shm/ferry-output-XXXXXX 2>/dev/null ||
        mktemp "${TMPDIR:-/tmp}/ferry-output-XXXXXX" 2>/dev/null) || FERRY_OUTPUT=$ferry_told
      """;

  /**
   * Finds values whole and line by line, as {@link SecretTexts} has it. White space, quotes and
   * backslashes are left out of both texts, so that it does not matter how a value was quoted; all
   * of it is done by the shell itself, since what is an argument of a program can be seen.
   */
  private static final String SEARCH =
      """
      squeeze() { IFS=$ferry_marks; set -f; set -- $1; IFS=; squeezed="$*"; }
      held() {
        LC_ALL=C; ferry_raw=$1; shift; squeeze "$ferry_raw"; ferry_all=$squeezed
        for ferry_name; do
          case $ferry_name in
            */*) ferry_value=$(cat "$ferry_name") ;;
            *) eval "ferry_value=\\$$ferry_name" ;;
          esac
          ferry_name=${ferry_name##*/}; IFS='
      '
          for ferry_part in "$ferry_value" $ferry_value; do
            ferry_part=${ferry_part#"${ferry_part%%%%[![:space:]]*}"}
            ferry_part=${ferry_part%%"${ferry_part##*[![:space:]]}"}
            [ ${#ferry_part} -ge %1$d ] || continue
            squeeze "$ferry_part"
            if [ ${#squeezed} -ge %1$d ]
            then case $ferry_all in *"$squeezed"*) echo "$ferry_name"; return ;; esac
            else case $ferry_raw in *"$ferry_part"*) echo "$ferry_name"; return ;; esac
            fi
          done
        done
      }
      leaked() {
        ferry_marks=$(printf ' \\t\\n\\r\\\\"\\047'); ferry_text=$(cat "$ferry_put")
        ferry_held=$(held "$ferry_text" "$@")
        [ -n "$ferry_held" ] || return
        IFS='
      '; set -f
        for ferry_line in $ferry_text; do
          [ -n "$(held "$ferry_line" "$@")" ] || continue
          ferry_line=${ferry_line%%%%=*}
          [ -n "$(held "$ferry_line" "$@")" ] || ferry_held="$ferry_held $ferry_line"
          break
        done
        echo "$ferry_held"
      }
      ferry_put=$FERRY_OUTPUT; FERRY_OUTPUT=$ferry_told
      """
          .formatted(SecretTexts.SHORTEST);

  private static final String LOOK_AT_SIZE =
      """
      ferry_word=
      if [ -s "$FERRY_OUTPUT" ] && [ $(wc -c <"$FERRY_OUTPUT") -gt %1$d ]; then
        ferry_word="%2$s"$(wc -c <"$FERRY_OUTPUT"); : >"$FERRY_OUTPUT"
      fi
      """
          .formatted(StepValues.MOST_BYTES, TOO_MUCH);

  /** Of a command that failed, or ran too long, more is to be said than that. */
  private static final String REFUSE =
      """
      [ -z "$ferry_word" ] || [ $status != 0 ] || [ -n "$ferry_late" ] || {
        printf '%s\\n' "$ferry_word" >"$FERRY_OUTPUT"; exit 1; }
      """;

  public OutputGuard {
    secrets = secrets.stream().filter(name -> NAME.matcher(name).matches()).sorted().toList();
    paths = List.copyOf(paths);
  }

  /** Whether there is anything that must not be put out. */
  private boolean isNeeded() {
    return !secrets.isEmpty() || !paths.isEmpty();
  }

  /**
   * A guard for a step.
   *
   * @param step its container, with all of its variables and mounts
   * @param volumes of its Pod
   */
  public static OutputGuard of(Container step, List<Volume> volumes) {
    var secrets =
        step.getEnv().stream()
            .filter(one -> one.getValueFrom() != null)
            .filter(one -> one.getValueFrom().getSecretKeyRef() != null)
            .map(EnvVar::getName)
            .toList();
    var kept = volumes.stream().filter(OutputGuard::isSecret).map(Volume::getName).collect(toSet());
    var paths =
        step.getVolumeMounts().stream()
            .filter(mount -> kept.contains(mount.getName()))
            .map(VolumeMount::getMountPath)
            .toList();
    return new OutputGuard(secrets, paths);
  }

  private static boolean isSecret(Volume volume) {
    var projected = volume.getProjected();
    return volume.getSecret() != null
        || projected != null
            && !projected.getSources().isEmpty()
            && projected.getSources().stream().allMatch(source -> source.getSecret() != null);
  }

  /** Mounts the Secrets of which a container has all keys as variables, so that they are found. */
  static void mountBeside(PodSpecBuilder pod, ContainerBuilder step) {
    var names = new LinkedHashMap<String, Boolean>();
    for (var from : step.buildEnvFrom()) {
      if (from.getSecretRef() != null) {
        boolean isOptional = Boolean.TRUE.equals(from.getSecretRef().getOptional());
        names.merge(from.getSecretRef().getName(), isOptional, Boolean::logicalAnd);
      }
    }
    int number = 0;
    for (var secret : names.entrySet()) {
      number++;
      pod.addNewVolume()
          .withName(BESIDE_VOLUME + number)
          .withNewSecret()
          .withSecretName(secret.getKey())
          .withOptional(secret.getValue() ? true : null)
          .endSecret()
          .endVolume();
      step.addNewVolumeMount()
          .withName(BESIDE_VOLUME + number)
          .withMountPath(BESIDE + secret.getKey())
          .withReadOnly(true)
          .endVolumeMount();
    }
  }

  /** What the script does just before the command. */
  String before() {
    return isNeeded() ? ASIDE : "";
  }

  /** What it does just after it, when {@code status} is known. */
  String after() {
    return (isNeeded() ? SEARCH + look() : LOOK_AT_SIZE) + REFUSE;
  }

  private String look() {
    return """
    ferry_word=
    if [ -s "$ferry_put" ]; then
      if [ $(wc -c <"$ferry_put") -gt %1$d ]; then ferry_word="%2$s"$(wc -c <"$ferry_put")
      else
        ferry_word=$(
          set -- %3$s
          for ferry_name in %5$s; do
            [ -f "$ferry_name" ] && [ -r "$ferry_name" ] && [ $(wc -c <"$ferry_name") -le %6$d ] &&
              set -- "$@" "$ferry_name"
          done
          leaked "$@" 2>/dev/null)
        [ -z "$ferry_word" ] || ferry_word="%4$s$ferry_word"
      fi
    fi
    if [ -n "$ferry_word" ]; then : >"$FERRY_OUTPUT"
    elif [ "$ferry_put" != "$FERRY_OUTPUT" ]; then cat "$ferry_put" >"$FERRY_OUTPUT"
    fi
    [ "$ferry_put" = "$FERRY_OUTPUT" ] || rm -f "$ferry_put"
    """
        .formatted(
            StepValues.MOST_BYTES,
            TOO_MUCH,
            String.join(" ", secrets),
            SECRET,
            paths.stream().map(OutputGuard::files).collect(joining(" ")),
            MOST_FILE_BYTES);
  }

  /** The path itself, or what lies in it; in a Secret's directory `..data` and its like hide. */
  private static String files(String path) {
    var quoted = "'" + path.replace("'", "'\\''") + "'";
    return quoted + " " + quoted + "/* " + quoted + "/.[!.]*";
  }

  /** What became of a step whose command ended well, but for what it put out. */
  static Outcome refused(UserError error) {
    return refused(error.message(), error);
  }

  static Outcome refused(String message, UserError error) {
    var help = error.help();
    var words = message + (help.isEmpty() ? "" : "; " + help.getFirst());
    return new Outcome.Failed(Outcome.Cause.OUTPUT, OptionalInt.of(0), words);
  }

  /** What was wrong with what a step put out, if a Pod's message is a word of this. */
  static Optional<OutputError> refusal(String message) {
    if (message.startsWith(TOO_MUCH)) {
      var bytes = message.substring(TOO_MUCH.length()).strip();
      return bytes.matches("[0-9]{1,18}")
          ? Optional.of(new OutputError.TooMuch(Long.parseLong(bytes), StepValues.MOST_BYTES))
          : Optional.empty();
    }
    if (message.startsWith(SECRET)) {
      var words = message.substring(SECRET.length()).split(" ", 2);
      var name = words.length < 2 ? "" : words[1];
      return Optional.of(
          new OutputError.HoldsSecret(StepValues.nameAt(name + "=", name.length() + 1), words[0]));
    }
    return Optional.empty();
  }
}
