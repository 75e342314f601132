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
 * @param before what is done first, in the same language
 * @param beforeExit what is done last; it may change {@code status}
 */
public record StepScript(AttemptSpec attempt, CodeSource code, String before, String beforeExit) {

  /** A text with nothing around it. */
  public StepScript(AttemptSpec attempt, CodeSource code) {
    this(attempt, code, "", "");
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
          case $(wget --help 2>&1) in *-T*) patience="-T 20" ;; *) patience= ;; esac
          wget -q -O - $patience --header "Authorization: Bearer $FERRY_TOKEN" ${2:+--post-file "$2"} "$1"
        fi
      }
      ask "$FERRY_URL/api/v1/health" >/dev/null 2>&1 || {
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
        mark=$1; shift; n=0
        [ -e "$mark" ] && return
        mkdir -p .ferry || return 1
        until mkdir "$mark.lock" 2>/dev/null; do
          [ -e "$mark" ] && return
          n=$((n + 1)); [ $((n % 10)) != 0 ] || [ -z "$(find "$mark.lock" -prune -mmin +1)" ] ||
            rmdir "$mark.lock" 2>/dev/null
          sleep 1
        done
        (while sleep 10; do touch "$mark.lock"; done) 2>/dev/null &
        alive=$!
        [ -e "$mark" ] || { "$@" && : >"$mark"; }
        done=$?
        kill $alive
        rmdir "$mark.lock"
        return $done
      }
      """;

  private static final String ENVIRONMENT =
      """
      requirements=$1; shift
      key=$(cksum <"$requirements" | tr ' ' -) || exit 126
      environment() {
        python3 -m venv --system-site-packages ".ferry/python-$key" &&
          ".ferry/python-$key/bin/python" -m pip install -q --disable-pip-version-check -r "$requirements"
      }
      once ".ferry/python-$key.ready" environment || {
        echo "ferry: the Python environment of $requirements could not be made" >&2; exit 126; }
      export VIRTUAL_ENV="$PWD/.ferry/python-$key" PATH="$PWD/.ferry/python-$key/bin:$PATH"
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

  private static final String ENDING =
      """
      all() { if [ $$ = 1 ]; then kill -"$1" -1; else kill -"$1" "$child"; fi 2>/dev/null; }
      trap 'all TERM' TERM
      """;

  private static final String WAIT =
      """
      child=$!
      while :; do wait "$child"; status=$?; kill -0 "$child" 2>/dev/null || break; done
      """;

  /** The container's command; dollar signs are doubled, for Kubernetes would read them. */
  public List<String> words() {
    var words = new ArrayList<String>(List.of("sh", "-c", text(), NAME));
    attempt.requirements().ifPresent(words::add);
    attempt.timeout().ifPresent(timeout -> words.add(seconds(timeout)));
    var outputs = attempt.files().outputs();
    if (!outputs.isEmpty()) {
      words.add(Integer.toString(outputs.size()));
      words.addAll(outputs);
    }
    switch (attempt.command()) {
      case Command.Shell(var script) -> words.add(script);
      case Command.Exec(var argv) -> words.addAll(argv);
    }
    return words.stream().map(StepScript::literal).toList();
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
    text.append(attempt.variables().containsKey(Reach.ADDRESS) ? ASK : "");
    text.append(isOnce || attempt.requirements().isPresent() ? ONCE : "");
    text.append(
        switch (code) {
          case IN_PLACE -> "";
          case UNPACKED, UNPACKED_ONCE -> MOUNTED + UNPACK;
          case FETCHED, FETCHED_ONCE -> FETCHED + UNPACK;
        });
    text.append(
        switch (code) {
          case IN_PLACE -> "";
          case UNPACKED, FETCHED -> "unpack || exit 126\n";
          case UNPACKED_ONCE, FETCHED_ONCE -> "once .ferry/code unpack || exit 126\n";
        });
    text.append(attempt.variables().containsKey(StepVariables.PARAMS_TEXT) ? PARAMS : "");
    text.append("mkdir -p \"$FERRY_CHECKPOINT_DIR\" 2>/dev/null\n");
    text.append(attempt.requirements().isPresent() ? ENVIRONMENT : "");
    text.append(ENDING);
    attempt.timeout().ifPresent(_ -> text.append("limit=$1; shift\n"));
    if (!attempt.files().outputs().isEmpty()) {
      // The promised files come first, and are put behind the command.
      text.append("n=$1; shift\n");
      text.append("i=0; while [ $i -lt $n ]; do set -- \"$@\" \"$1\"; shift; i=$((i + 1)); done\n");
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
                trap 'late=1; all TERM; (sleep 10; all KILL) &' USR1
                (sleep "$limit"; kill -USR1 $$) &
                """));
    switch (attempt.command()) {
      case Command.Shell _ ->
          text.append(
              """
              if command -v bash >/dev/null 2>&1; then shell=bash; else shell=sh; fi
              "$shell" -c "$1" &
              """);
      case Command.Exec(var argv) -> text.append(exec(argv.size()));
    }
    return text.append(WAIT).toString();
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
      text.append("[ -z \"$late\" ] || { echo '")
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
    return text.append(beforeExit).append("exit $status\n").toString();
  }
}
