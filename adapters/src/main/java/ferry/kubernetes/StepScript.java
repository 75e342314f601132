package ferry.kubernetes;

import ferry.engine.AttemptSpec;
import ferry.workflow.Command;
import ferry.workflow.StepVariables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a step's container runs: a short {@code sh} text that makes ready what the command needs,
 * runs it, passes on a wish to end to everything in the container, and ends as the command did. The
 * command and all names are its arguments, never part of the text.
 *
 * @param code how the code comes into the working directory
 * @param guard looks at what the command put out
 * @param before what is done first, in the same language
 * @param beforeExit what is done last; it may change {@code status}
 */
public record StepScript(
    AttemptSpec attempt, CodeSource code, OutputGuard guard, String before, String beforeExit) {

  /** A text with nothing around it. */
  public StepScript(AttemptSpec attempt, CodeSource code, OutputGuard guard) {
    this(attempt, code, guard, "", "");
  }

  /** Where the code's packed parts are mounted. */
  public static final String CODE = "/ferry/code";

  /** What the termination message begins with where it is our word and not the step's. */
  public static final String OUR_WORD = "ferry: ";

  static final String TIMED_OUT = OUR_WORD + "timeout";
  static final String MISSING = OUR_WORD + "missing ";

  private static final String NAME = "ferry-step";

  /** Nodes keep some 10 MB of a log; this has room in it with what the step says itself. */
  private static final int MOST_CARRIED = 4_000_000;

  /** How the code comes into the working directory. */
  public enum CodeSource {
    /** It is there, or there is none. */
    IN_PLACE,
    /** An earlier step of the run has brought it. */
    UNPACKED_BEFORE,
    /** It is unpacked, and the directory is this Pod's alone. */
    UNPACKED,
    /** It is unpacked once, by whichever step of the run comes first. */
    UNPACKED_ONCE,
    /** It is fetched from the server, and the directory is this Pod's alone. */
    FETCHED,
    /** It is fetched once, by whichever step of the run comes first. */
    FETCHED_ONCE
  }

  /** Speaks to the server: an address to read from, and a file to send there. */
  private static final String ASK =
      """
      ask() {
        if command -v python3 >/dev/null 2>&1
        then python3 -c 'import os, shutil, sys, urllib.request as web
      headers = {"Authorization": "Bearer " + os.environ.get("FERRY_TOKEN", "")}
      body = None
      if len(sys.argv) > 2:
          body = open(sys.argv[2], "rb")
          headers.update({"Content-Length": str(os.path.getsize(sys.argv[2])), "Content-Type": "application/gzip"})
      request = web.Request(sys.argv[1], data=body, headers=headers)
      answer = web.build_opener(web.ProxyHandler({})).open(request, timeout=20)
      shutil.copyfileobj(answer, sys.stdout.buffer)' "$@"
        elif command -v curl >/dev/null 2>&1
        then printf 'header = "Authorization: Bearer %s"\n' "$FERRY_TOKEN" |
          curl -K - -fsS --noproxy '*' --connect-timeout 5 ${2:+--data-binary "@$2"} "$1"
        else
          case $(wget --help 2>&1) in *-T*) ferry_wait="-T 20" ;; *) ferry_wait= ;; esac
          wget -q -O - $ferry_wait --header "Authorization: Bearer $FERRY_TOKEN" ${2:+--post-file "$2"} "$1"
        fi
      }
      ask "$FERRY_URL/api/v1/step" >/dev/null 2>&1 || {
        echo "ferry: this step does not reach the server at $FERRY_URL: it logs nothing there" >&2
        unset FERRY_URL FERRY_TOKEN MLFLOW_TRACKING_URI MLFLOW_TRACKING_TOKEN MLFLOW_EXPERIMENT_NAME
      }
      """;

  private static final String UNPACK =
      """
      unpack() {
        if command -v tar >/dev/null 2>&1 && command -v gzip >/dev/null 2>&1
        then code | gzip -dc | tar -xof -
        elif command -v python3 >/dev/null 2>&1
        then code | python3 -c 'import sys, tarfile
      tarfile.open(fileobj=sys.stdin.buffer, mode="r|gz").extractall(".")'
        else
          echo "ferry: this image can unpack no code: it needs tar and gzip, or python3" >&2
          return 1
        fi
      }
      """;

  private static final String MOUNTED = "code() { cat " + CODE + "/*; }\n";
  private static final String FETCHED = "code() { ask \"$FERRY_URL/api/v1/step/code\"; }\n";

  private static final String ONCE =
      """
      once() {
        ferry_mark=$1; shift; ferry_n=0
        [ -e "$ferry_mark" ] && return
        mkdir -p .ferry || return 1
        until mkdir "$ferry_mark.lock" 2>/dev/null; do
          [ -e "$ferry_mark" ] && return
          ferry_n=$((ferry_n + 1)); [ $((ferry_n % 10)) != 0 ] || [ -z "$(find "$ferry_mark.lock" -prune -mmin +1)" ] ||
            rmdir "$ferry_mark.lock" 2>/dev/null
          sleep 1
        done
        (ferry_nap=; trap 'kill $ferry_nap; wait; exit' TERM
        while sleep 10 & ferry_nap=$!; wait $ferry_nap; do touch "$ferry_mark.lock"; done) 2>/dev/null &
        ferry_alive=$!
        [ -e "$ferry_mark" ] || { "$@" && : >"$ferry_mark"; }
        ferry_done=$?
        kill $ferry_alive
        rmdir "$ferry_mark.lock"
        return $ferry_done
      }
      """;

  private static final String ENVIRONMENT =
      """
      ferry_list=$1; shift
      ferry_key=$(cksum <"$ferry_list" | tr ' ' -) || exit 126
      environment() {
        python3 -m venv --system-site-packages ".ferry/python-$ferry_key" &&
          ".ferry/python-$ferry_key/bin/python" -m pip install -q --disable-pip-version-check -r "$ferry_list"
      }
      once ".ferry/python-$ferry_key.ready" environment || {
        echo "ferry: the Python environment of $ferry_list could not be made" >&2; exit 126; }
      export VIRTUAL_ENV="$PWD/.ferry/python-$ferry_key" PATH="$PWD/.ferry/python-$ferry_key/bin:$PATH"
      """;

  private static final String WRITABLE =
      """
      [ -w . ] || {
        echo "ferry: user $(id -u) cannot write to $PWD, where the code goes:" \\
          'its volume needs that user'"'s group, "'`fsGroup` in the Pod'"'s "'`securityContext`' >&2
        exit 126
      }
      """;

  /** What was put out goes home by way of the log, in pieces that say where they belong. */
  private static final String CARRY =
      """
      carry() {
        for program in tar gzip base64 awk; do
          command -v $program >/dev/null 2>&1 || {
            echo "ferry: outputs are not brought home: this image has no $program" >&2; return; }
        done
        packed=.ferry/outputs-$(printf %%s "$FERRY_ATTEMPT" | tr -c A-Za-z0-9.- _)
        mkdir -p .ferry && tar -czf "$packed" -- "$@" || return
        if [ -n "$FERRY_URL" ] && command -v ask >/dev/null &&
          ask "$FERRY_URL/api/v1/step/outputs" "$packed" 2>/dev/null
        then :
        elif [ $(wc -c <"$packed") -gt %d ]
        then echo "ferry: outputs are not brought home: packed they have $(wc -c <"$packed") bytes, more than %d" >&2
        else base64 "$packed" | awk '
          { piece = piece $0; if (NR %% 50 == 0) { print "\\036ferry-output " n++ " " piece; piece = "" } }
          END { if (piece != "") print "\\036ferry-output " n++ " " piece }'
        fi
        rm -f "$packed"
      }
      """
          .formatted(MOST_CARRIED, MOST_CARRIED);

  /** The file of a trial's parameters, beside nothing of the user's where that can be. */
  private static final String PARAMS =
      """
      FERRY_PARAMS=$(mktemp "${TMPDIR:-/tmp}/ferry-params-XXXXXX" 2>/dev/null) || {
        mkdir -p .ferry; FERRY_PARAMS=$PWD/.ferry/params-$FERRY_RUN; }
      printf '%%s\n' "$%1$s" >"$FERRY_PARAMS" || exit 126
      export FERRY_PARAMS; unset %1$s
      """
          .formatted(StepVariables.PARAMS_TEXT);

  /** A copy, made whole or not at all, of what another trial saved. */
  private static final String HAND_ON =
      """
      handOn() {
        from=${FERRY_CHECKPOINT_DIR%%/*/*}/$%1$s/${FERRY_CHECKPOINT_DIR##*/}
        [ ! -e "$FERRY_CHECKPOINT_DIR" ] || return 0
        [ -d "$from" ] || { echo "ferry: $%1$s saved no checkpoint: this begins anew" >&2; return 0; }
        rm -rf "$FERRY_CHECKPOINT_DIR.new" && mkdir -p "${FERRY_CHECKPOINT_DIR%%/*}" &&
          cp -Rp "$from" "$FERRY_CHECKPOINT_DIR.new" && mv "$FERRY_CHECKPOINT_DIR.new" "$FERRY_CHECKPOINT_DIR"
      }
      handOn || { echo "ferry: the checkpoint of $%1$s cannot be handed on" >&2; exit 126; }
      unset %1$s
      """
          .formatted(StepVariables.CHECKPOINT_OF);

  /**
   * Set where whoever began the script asks all that it began to end, and nothing else is there.
   */
  public static final String FORWARDED = "ferry_forwarded";

  private static final String ENDING =
      """
      alone() { [ $$ = 1 ] || [ -n "$%1$s" ]; }
      all() { if alone; then kill -"$1" -1; else kill -"$1" "$child"; fi 2>/dev/null; }
      trap 'ferry_asked=1; [ -n "$%1$s" ] || all TERM' TERM
      """
          .formatted(FORWARDED);

  private static final String WAIT =
      """
      child=$!
      while :; do wait "$child"; status=$?; kill -0 "$child" 2>/dev/null || break; done
      """;

  /**
   * A shell ends at once when it is asked to, the program that it runs may have something to save:
   * with the container's first process all others end. A signal to all spares that one and the
   * script itself.
   */
  private static final String OTHERS =
      """
      if alone && [ -n "$ferry_asked$ferry_late" ]; then
        [ -z "$ferry_killer" ] || kill "$ferry_killer" 2>/dev/null
        ferry_n=0
        while [ $ferry_n -lt 50 ] && kill -0 -1 2>/dev/null; do
          sleep 0.2 2>/dev/null || sleep 1; ferry_n=$((ferry_n + 1))
        done
        [ -z "$ferry_late" ] || all KILL
      fi
      """;

  /**
   * The container's command; dollar signs are doubled, for Kubernetes would read them.
   *
   * @param isWritten whether somebody wrote the step's own command for Kubernetes: what it reads
   *     there, such as {@code $(NAME)} of a variable, is left to it
   */
  public List<String> words(boolean isWritten) {
    var words = new ArrayList<>(opening().stream().map(StepScript::literal).toList());
    var command =
        switch (attempt.command()) {
          case Command.Shell(var script) -> List.of(script);
          case Command.Exec(var argv) -> argv;
        };
    command.forEach(word -> words.add(isWritten ? word : literal(word)));
    return List.copyOf(words);
  }

  /** What stands before the step's own command. */
  private List<String> opening() {
    var words = new ArrayList<String>(List.of("sh", "-c", text(), NAME));
    attempt.requirements().ifPresent(words::add);
    attempt.timeout().ifPresent(timeout -> words.add(seconds(timeout)));
    var outputs = attempt.files().outputs();
    if (!outputs.isEmpty()) {
      words.add(Integer.toString(outputs.size()));
      words.addAll(outputs);
    }
    return words;
  }

  /** A text that Kubernetes passes on as it is: in its own language two dollar signs are one. */
  public static String literal(String text) {
    return text.replace("$", "$$");
  }

  private static String seconds(Duration timeout) {
    return timeout.toMillis() % 1000 == 0
        ? Long.toString(timeout.toSeconds())
        : Long.toString(timeout.toSeconds() + 1);
  }

  private boolean carries() {
    return code != CodeSource.IN_PLACE && !attempt.files().outputs().isEmpty();
  }

  private String text() {
    var text = new StringBuilder(before).append(carries() ? CARRY : "");
    boolean isOnce = code == CodeSource.UNPACKED_ONCE || code == CodeSource.FETCHED_ONCE;
    text.append(code == CodeSource.IN_PLACE ? "" : WRITABLE);
    text.append(attempt.variables().containsKey(Reach.ADDRESS) ? ASK : "");
    text.append(isOnce || attempt.requirements().isPresent() ? ONCE : "");
    text.append(
        switch (code) {
          case IN_PLACE, UNPACKED_BEFORE -> "";
          case UNPACKED, UNPACKED_ONCE -> MOUNTED + UNPACK;
          case FETCHED, FETCHED_ONCE -> FETCHED + UNPACK;
        });
    text.append(
        switch (code) {
          case IN_PLACE, UNPACKED_BEFORE -> "";
          case UNPACKED, FETCHED -> "unpack || exit 126\n";
          case UNPACKED_ONCE, FETCHED_ONCE -> "once .ferry/code unpack || exit 126\n";
        });
    text.append(attempt.variables().containsKey(StepVariables.PARAMS_TEXT) ? PARAMS : "");
    text.append(attempt.variables().containsKey(StepVariables.CHECKPOINT_OF) ? HAND_ON : "");
    text.append("mkdir -p \"$FERRY_CHECKPOINT_DIR\" 2>/dev/null\n");
    text.append(attempt.requirements().isPresent() ? ENVIRONMENT : "");
    text.append(guard.before());
    text.append(ENDING);
    attempt.timeout().ifPresent(_ -> text.append("ferry_limit=$1; shift\n"));
    if (!attempt.files().outputs().isEmpty()) {
      // The promised files come first, and are put behind the command.
      text.append("ferry_n=$1; shift\n");
      text.append(
          """
          ferry_i=0
          while [ $ferry_i -lt $ferry_n ]; do set -- "$@" "$1"; shift; ferry_i=$((ferry_i + 1)); done
          """);
    }
    return text.append(run()).append(after()).toString();
  }

  private String run() {
    var text = new StringBuilder();
    attempt
        .timeout()
        .ifPresent(_ ->
            text.append(
                """
                killed() { ferry_n=0; while [ $ferry_n -lt 10 ]; do sleep 1; ferry_n=$((ferry_n + 1)); done; all KILL; }
                trap 'ferry_late=1; all TERM; killed & ferry_killer=$!' USR1
                (sleep "$ferry_limit"; kill -USR1 $$) &
                """));
    switch (attempt.command()) {
      case Command.Shell _ ->
          text.append(
              """
              if command -v bash >/dev/null 2>&1; then ferry_shell=bash; else ferry_shell=sh; fi
              "$ferry_shell" -c "$1" &
              """);
      case Command.Exec(var argv) -> text.append(exec(argv.size()));
    }
    return text.append(WAIT).append(OTHERS).append(guard.after()).toString();
  }

  /** The words of a program, of which outputs may stand behind. */
  private static String exec(int words) {
    var text = new StringBuilder("\"$1\"");
    for (int i = 2; i <= words; i++) {
      text.append(" \"${").append(i).append("}\"");
    }
    return text.append(" &\n").toString();
  }

  private String after() {
    var text = new StringBuilder();
    if (attempt.timeout().isPresent()) {
      text.append("[ -z \"$ferry_late\" ] || { echo '")
          .append(TIMED_OUT)
          .append("' >\"$FERRY_OUTPUT\"; exit 124; }\n");
    }
    if (!attempt.files().outputs().isEmpty()) {
      int words = attempt.command() instanceof Command.Exec(var argv) ? argv.size() : 1;
      text.append("shift ").append(words).append("; IFS=\n");
      text.append(
          """
          found=
          [ $status != 0 ] || for name; do
            for file in $name; do
              [ -e "$file" ] || { echo "%s$name" >"$FERRY_OUTPUT"; exit 1; }
              found="$found
          $file"
            done
          done
          """
              .formatted(MISSING));
      text.append(carries() ? "set -f; IFS='\n'; [ -z \"$found\" ] || carry $found\n" : "");
    }
    return text.append(beforeExit).append(LastWord.SCRIPT).append("exit $status\n").toString();
  }
}
