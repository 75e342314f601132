package ferry.format;

/** The keys of the {@code search} section of ferry.yaml. */
final class SearchKeys {
  static final Level SEARCH =
      Level.of(
          "`search`",
          new Key("metric", "text", "", "The metric, as the script prints it."),
          new Key("goal", "`minimize` or `maximize`", "", "Which values are better."),
          new Key("method", "text", "`auto`", "How to search."),
          new Key("settings", "mapping", "nothing", "Settings of the method."),
          new Key("trials", "number", "`64`", "At most so many trials."),
          new Key("parallel", "number", "`4`", "So many trials at once."),
          new Key("seed", "number", "drawn", "Settles all chance."),
          new Key("length", "number", "unknown", "How many units a whole training has."),
          new Key("length_metric", "text", "the step", "The metric that counts these units."),
          new Key("target", "number", "none", "Ends the search when the metric reaches it."),
          new Key("failures", "number", "any", "Ends the search when more trials fail."),
          new Key("time", "duration", "none", "Ends the search after this time."),
          new Key("units", "number", "none", "Ends the search after so much training in all."),
          new Key("metric_value", "`best` or `last`", "`best`", "Which value counts for a trial."),
          new Key(
              "metric_pattern",
              "regular expression",
              "the forms that are known",
              "Finds the metric in what is printed."),
          new Key(
              "metric_file",
              "file",
              "none",
              "Text or JSON lines with the metric, in the trial's directory."),
          new Key(
              "metric_events", "directory", "none", "TensorBoard's event files with the metric."),
          new Key("warm_start", "experiment", "none", "Begins with what its trials came to."),
          new Key("metric_endpoint", "address", "none", "Where a trial answers as for Prometheus."),
          new Key(
              "space",
              "mapping of names to ranges, lists or values",
              "",
              "What is searched: `log 1e-4..1e-1`, `int 1..4`, `[relu, tanh]`."),
          new Key(
              "points", "list of mappings", "none", "Known good points; they are tried first."));

  private SearchKeys() {}
}
