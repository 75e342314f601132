package ferry.kubernetes;

import ferry.error.OutputError;
import ferry.error.UserError;
import ferry.run.Outcome;
import ferry.workflow.SecretTexts;
import ferry.workflow.StepValues;
import io.fabric8.kubernetes.api.model.EnvVar;
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
 */
public record OutputGuard(List<String> secrets) {
  private static final String SECRET = StepScript.OUR_WORD + "secret ";
  private static final String TOO_MUCH = StepScript.OUR_WORD + "too much ";

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
          eval "ferry_value=\\$$ferry_name"; IFS='
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
  }

  /** A guard for a container with such variables. */
  public static OutputGuard of(List<EnvVar> variables) {
    return new OutputGuard(
        variables.stream()
            .filter(one -> one.getValueFrom() != null)
            .filter(one -> one.getValueFrom().getSecretKeyRef() != null)
            .map(EnvVar::getName)
            .toList());
  }

  /** What the script does just before the command. */
  String before() {
    return secrets.isEmpty() ? "" : ASIDE;
  }

  /** What it does just after it, when {@code status} is known. */
  String after() {
    return (secrets.isEmpty() ? LOOK_AT_SIZE : SEARCH + look()) + REFUSE;
  }

  private String look() {
    return """
    ferry_word=
    if [ -s "$ferry_put" ]; then
      if [ $(wc -c <"$ferry_put") -gt %1$d ]; then ferry_word="%2$s"$(wc -c <"$ferry_put")
      else
        ferry_word=$(leaked %3$s 2>/dev/null)
        [ -z "$ferry_word" ] || ferry_word="%4$s$ferry_word"
      fi
    fi
    if [ -n "$ferry_word" ]; then : >"$FERRY_OUTPUT"
    elif [ "$ferry_put" != "$FERRY_OUTPUT" ]; then cat "$ferry_put" >"$FERRY_OUTPUT"
    fi
    [ "$ferry_put" = "$FERRY_OUTPUT" ] || rm -f "$ferry_put"
    """
        .formatted(StepValues.MOST_BYTES, TOO_MUCH, String.join(" ", secrets), SECRET);
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
