package ferry.format;

/** The keys of JupyterFlow's workflow.yaml. */
final class JupyterFlowKeys {
  static final Level WORKFLOW =
      Level.of(
          "JupyterFlow's workflow.yaml",
          new Key("version", "number", "none", "The version of the format; not used."),
          new Key("name", "text", "the name of the file's directory", "The workflow's name."),
          new Key("jobs", "list of texts", "", "The commands, as a shell reads them."),
          new Key("cmd_mode", "`exec` or `shell`", "`exec`", "Both run the command in a shell."),
          new Key(
              "dags",
              "list of texts",
              "nothing",
              "Which job follows which, by their numbers from 1: `1 >> 2 >> 3`."),
          new Key("schedule", "text", "none", "A cron line, in the time zone of the machine."));

  private JupyterFlowKeys() {}
}
