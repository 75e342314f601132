package ferry.kubernetes.argo;

import ferry.kubernetes.ObjectNames;
import ferry.kubernetes.OutputGuard;
import ferry.kubernetes.Reach;
import ferry.kubernetes.StepScript;
import ferry.kubernetes.StepScript.CodeSource;
import ferry.tracking.StepAccess;
import java.util.ArrayList;
import java.util.List;

/**
 * What Argo's Pods do around a step's command that the engine does elsewhere: values of earlier
 * steps come in encoded and become variables, and values of this step go out as one file each.
 */
final class ArgoScript {
  /** Where the files of values are. */
  static final String VALUES = "/ferry/values";

  /** The status of a command that ended well but put out what cannot be taken. */
  static final int BAD_VALUES = 121;

  static final String TRY = "FERRY_TRY";
  static final String ASKED = "FERRY_ASKED";
  private static final int WORDS_BEFORE = 4;

  static final String DECODE =
      """
      decode() { printf '%s\\n' "$1" | sed 's/%22/"/g; s/%24/$/g; s/%2C/,/g; s/%3C/</g; s/%3E/>/g; s/%26/\\&/g; s/%7B/{/g; s/%28/(/g; s/%29/)/g; s/%09/\t/g; s/%0D/\r/g; s/%0A/\\
      /g; s/%5C/\\\\/g; s/%25/%/g'; }
      """;

  static final String ENCODE =
      """
      encode() { sed 's/%/%25/g; s/"/%22/g; s/\\$/%24/g; s/,/%2C/g; s/</%3C/g; s/>/%3E/g; s/&/%26/g; s/\\\\/%5C/g; s/{/%7B/g; s/(/%28/g; s/)/%29/g; s/\t/%09/g; s/\r/%0D/g'; }
      entry() { sed 's/\\\\/\\\\\\\\/g; s/"/\\\\"/g; s/\t/\\\\u0009/g; s/^/"/; s/$/"/' | encode; }
      list() { sed 's/%/%25/g; s/\\\\\\\\/%5C/g; s/\\\\"/%22/g; s/\\\\n/%0A/g; s/\\\\t/%09/g; s/\\\\r/%0D/g; s/\\\\u002\\([4589]\\)/%2\\1/g; s/\\\\u007[bB]/%7B/g; s/{/%7B/g; s/(/%28/g; s/)/%29/g; s/\\$/%24/g'; }
      put() {
        found=$(sed -n "/^$3=/p" "$FERRY_OUTPUT" | sed 's/\r$//' | tail -n 1)
        if [ -z "$found" ]; then printf '%s' "$4"; else printf '%s\\n' "${found#*=}" | "$2"; fi >"$VALUES/$1"
      }
      """
          .replace("$VALUES", VALUES);

  /** Names begin with a letter; what is no ASCII character is taken for one. */
  private static final String CHECK =
      """
      if [ $status = 0 ]; then
        bad=$(LC_ALL=C sed '/^[[:space:]]*$/d; /^[^] -@\\\\[^`{-~][^] -,./:-@\\\\[^`{-~]*=/d' "$FERRY_OUTPUT")
        [ -z "$bad" ] || exit %d
      fi
      """
          .formatted(BAD_VALUES);

  /** Argo's own program is the container's first, and passes signals on to all that it began. */
  private static final String FORWARDED =
      """
      %1$s=
      [ "$PPID" != 1 ] || case $(tr '\\0' ' ' </proc/1/cmdline 2>/dev/null) in *argoexec*) %1$s=1 ;; esac
      """
          .formatted(StepScript.FORWARDED);

  private static final String NAME =
      """
      .$(printf %s "$FERRY_STEP" | base64 | tr -d '\\n=' | tr '/+' '_-')\
      """;

  private final Task task;
  private final CodeSource code;
  private final OutputGuard guard;
  private final List<StepOutputs.Output> outputs;
  private final boolean isWritten;

  /**
   * A step's.
   *
   * @param isWritten as {@link StepScript#words} has it
   */
  ArgoScript(
      Task task,
      CodeSource code,
      OutputGuard guard,
      List<StepOutputs.Output> outputs,
      boolean isWritten) {
    this.task = task;
    this.code = code;
    this.guard = guard;
    this.isWritten = isWritten;
    this.outputs = outputs;
  }

  /** The container's command. */
  List<String> words() {
    var plain = script("").words(isWritten);
    var given = plain.subList(WORDS_BEFORE, plain.size());
    boolean isMarked = given.stream().anyMatch(ArgoText::isMarked);
    var before = before() + (isMarked ? set(given) : "");
    var words = new ArrayList<>(script(before).words(isWritten));
    if (isMarked) {
      words.subList(WORDS_BEFORE, words.size()).clear();
    }
    return words.stream().map(ArgoText::literal).toList();
  }

  private StepScript script(String before) {
    return new StepScript(task.outline().spec(), code, guard, before, after());
  }

  /** The arguments anew, with what is known by now. */
  private static String set(List<String> given) {
    var text = new StringBuilder("set --");
    for (var word : given) {
      text.append(' ').append(ArgoText.word(word.replace("$$", "$")));
    }
    return text.append('\n').toString();
  }

  private String before() {
    var text = new StringBuilder(FORWARDED).append("unset ").append(ArgoText.BRACE).append('\n');
    if (!task.outline().awaited().isEmpty()) {
      text.append(DECODE);
      task.outline().awaited().forEach((variable, name) -> text.append(awaited(variable, name)));
    }
    task.outline()
        .spec()
        .variables()
        .forEach((name, value) -> {
          if (ArgoText.isMarked(value)) {
            text.append("export ")
                .append(name)
                .append('=')
                .append(ArgoText.word(value))
                .append('\n');
          }
        });
    if (task.list().isPresent()) {
      text.append(stepRun());
    }
    if (task.step().foreach().filter(foreach -> !foreach.isStatic()).isPresent()) {
      text.append(checkpoints());
    }
    text.append(outcome());
    return text.append(attempt()).toString();
  }

  /** The number of the attempt is known to Argo, counted from 0. */
  private String attempt() {
    return """
    ferry_try=$((%s + ${%2$s:-0})); unset %2$s
    export FERRY_ATTEMPT="$FERRY_RUN/$FERRY_STEP/$ferry_try"
    """
            .formatted(task.base() + 1, TRY)
        + (task.outline().spec().secrets().containsKey(Reach.TOKEN) ? token() : "");
  }

  /** The token of this try, of what those of all of them begin with. */
  private String token() {
    var name = task.list().isPresent() ? NAME : "";
    return """
    FERRY_TOKEN="$FERRY_TOKEN.$ferry_try"%s
    case $MLFLOW_TRACKING_TOKEN in %s*) export MLFLOW_TRACKING_TOKEN="$FERRY_TOKEN" ;; esac
    """
        .formatted(name, StepAccess.TOKEN_PREFIX);
  }

  private String awaited(String variable, String name) {
    boolean isList = name.indexOf('.') >= 0;
    return """
    case $%1$s in '%2$s'|'[]') echo '%3$s' >"$FERRY_OUTPUT"; exit 125;; esac
    """
            .formatted(variable, StepOutputs.MISSING, StepScript.OUR_WORD + "no value")
            .repeat(isList ? 1 : 0)
        + """
        case $%1$s in '['*) %1$s=$(printf '%%s' "$%1$s" | sed 's/"//g; s/,,*/,/g; s/^\\[,/[/; s/,]$/]/');; esac
        """
            .formatted(variable)
            .repeat(isList ? 1 : 0)
        + """
        %1$s=$(decode "$%1$s"; echo .); %1$s=${%1$s%%??}; export %1$s
        """
            .formatted(variable);
  }

  /** What a step run of a list is called. */
  private String stepRun() {
    var names = new ArrayList<String>();
    task.step()
        .foreach()
        .orElseThrow()
        .variables()
        .keySet()
        .forEach(name -> names.add("$" + ferry.workflow.StepVariables.ofParameter(name)));
    return """
    export FERRY_STEP="$FERRY_STEP[%s]"
    """
        .formatted(String.join(",", names));
  }

  /** Where the checkpoints are of a step run whose value was not known from the start. */
  private String checkpoints() {
    return """
    ferry_mark=$(printf '%%.200s' "$FERRY_STEP" | sed 's/%%/%%25/g; s:/:%%2F:g')
    export FERRY_CHECKPOINT_DIR="${FERRY_CHECKPOINT_DIR%%/*}/%s-$ferry_mark"
    """
        .formatted(ObjectNames.label(task.step().name()));
  }

  /** What Argo calls the outcome, in our words. */
  private String outcome() {
    return task.outline().spec().variables().containsKey("FERRY_RUN_STATE")
        ? """
        case "$%1$s $FERRY_RUN_STATE" in *Succeeded) FERRY_RUN_STATE=succeeded;; stop*) FERRY_RUN_STATE=stopped;; *) FERRY_RUN_STATE=failed;; esac
        export FERRY_RUN_STATE; unset %1$s
        """
            .formatted(ASKED)
        : "";
  }

  private String after() {
    var text = new StringBuilder(CHECK);
    if (!outputs.isEmpty()) {
      text.append(ENCODE);
      for (var output : outputs) {
        text.append(
            "put %s %s %s '%s'\n"
                .formatted(output.parameter(), writer(output), output.name(), missing(output)));
      }
    }
    return text.toString();
  }

  private static String writer(StepOutputs.Output output) {
    return switch (output.use()) {
      case VALUE -> "encode";
      case ENTRY -> "entry";
      case LIST -> "list";
    };
  }

  static String missing(StepOutputs.Output output) {
    return output.use() == StepOutputs.Use.ENTRY ? "" : StepOutputs.MISSING;
  }
}
