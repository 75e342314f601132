package ferry.format;

import java.util.List;

/**
 * The keys of ferry.yaml, level by level: the reader takes no others, and the manual's tables are
 * held against them.
 */
final class FerryKeys {
  private static final Key CPU =
      new Key(
          "cpu",
          "number, or thousandths with `m`",
          "not asked for",
          "Processors that the step asks for: `2`, `0.5`, `500m`.");
  private static final Key MEMORY =
      new Key(
          "memory",
          "size",
          "not asked for",
          "Memory that the step asks for, and its limit: `512Mi`, `2Gi`, `1.5G`.");
  private static final Key GPU =
      new Key(
          "gpu",
          "number, or a mapping of `count` and `kind`",
          "`0`",
          "GPUs that the step asks for.");
  private static final Key RETRIES =
      new Key(
          "retries",
          "number, or a mapping of `limit` and `backoff`",
          "`0`",
          "How often a failed attempt is followed by another.");
  private static final Key TIMEOUT =
      new Key(
          "timeout", "duration", "none", "How long one attempt may run: `90s`, `20m`, `1h30m`.");
  private static final Key ENV =
      new Key(
          "env",
          "mapping of names to texts",
          "nothing",
          "Environment variables; their values may hold placeholders.");
  private static final Key SECRETS =
      new Key(
          "secrets",
          "mapping of names to `{secret: …, key: …}`",
          "nothing",
          "Environment variables whose values come from a secret.");
  private static final Key REQUIREMENTS =
      new Key(
          "requirements",
          "text",
          "none",
          "A requirements file; commands run in a Python environment that is made of it once.");

  static final Level WORKFLOW =
      Level.of(
          "The file",
          new Key(
              "name",
              "text",
              "the name of the file's directory",
              "The workflow's name; its runs are named after it."),
          new Key(
              "params",
              "mapping of names to texts",
              "nothing",
              "Parameters and their values; commands use them as `{name}`, `--param name=value`"
                  + " gives others."),
          REQUIREMENTS,
          SECRETS,
          new Key(
              "defaults",
              "mapping",
              "nothing",
              "What holds for every step that does not say otherwise."),
          new Key(
              "steps",
              "mapping of names to commands or mappings",
              "",
              "The steps; one that is only a command can be written as a text."),
          new Key(
              "finally",
              "mapping, like `steps`",
              "nothing",
              "Steps that run when all others have ended, whatever became of them."),
          new Key(
              "schedule",
              "mapping of `cron` and `timezone`",
              "none",
              "When the workflow starts by itself."),
          new Key(
              "search",
              "mapping",
              "none",
              "The space that a search covers; a run leaves it aside."));

  static final Level DEFAULTS = Level.of("`defaults`", CPU, MEMORY, GPU, ENV, RETRIES, TIMEOUT);

  static final Level STEP =
      Level.of(
          "A step",
          new Key(
              "run",
              "text",
              "",
              "The command, as a shell reads it; `{name}` stands for a parameter, a variable of"
                  + " `foreach`, or, as `{step.name}`, for a value that an earlier step put out."),
          new Key(
              "after",
              "text, or a list of texts",
              "nothing",
              "Steps that must have succeeded first; a step whose value is used is added by"
                  + " itself."),
          new Key(
              "foreach",
              "mapping of variables to lists, or to `\"{step.name}\"`",
              "none",
              "Repeats the step for each value; several variables make every combination."),
          new Key(
              "when",
              "text",
              "always",
              "A condition on values, with comparisons, `and`, `or`, `not` and parentheses; where"
                  + " it does not hold the step is skipped."),
          CPU,
          MEMORY,
          GPU,
          ENV,
          SECRETS,
          REQUIREMENTS,
          RETRIES,
          TIMEOUT,
          new Key(
              "inputs",
              "text, or a list of texts",
              "nothing",
              "Files and directories whose content decides whether a cached step runs again."),
          new Key(
              "outputs",
              "text, or a list of texts",
              "nothing",
              "Files that are kept as artifacts of the run."),
          new Key(
              "cache",
              "`true` or `false`",
              "`false`",
              "Whether the step is skipped when command, code, inputs and parameters are"
                  + " unchanged."),
          new Key(
              "workers", "number, 1 to 1000", "`1`", "How many processes a distributed step has."));

  static final Level GPUS =
      Level.of(
          "`gpu`",
          new Key("count", "number", "`1`", "How many GPUs."),
          new Key("kind", "text", "any", "The model of GPU, as the place where it runs names it."));

  static final Level RETRY =
      Level.of(
          "`retries`",
          new Key("limit", "number, 0 to 100", "", "How many attempts may follow the first."),
          new Key(
              "backoff",
              "duration",
              "`0s`",
              "The wait before the second attempt; it doubles with each further one, to an hour."));

  static final Level SECRET =
      Level.of(
          "A secret",
          new Key(
              "secret",
              "text",
              "",
              "The secret's name: a Kubernetes Secret, or a section of the secrets file."),
          new Key("key", "text", "", "The key in that secret."));

  static final Level SCHEDULE =
      Level.of(
          "`schedule`",
          new Key(
              "cron",
              "text",
              "",
              "Minute, hour, day of month, month and day of week, as in crontab."),
          new Key(
              "timezone",
              "text",
              "the zone of the machine",
              "The time zone in which they are meant, like `Asia/Seoul`."));

  /** In the manual's order. */
  static final List<Level> ALL = List.of(WORKFLOW, DEFAULTS, STEP, GPUS, RETRY, SECRET, SCHEDULE);

  private FerryKeys() {}
}
