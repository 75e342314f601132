package ferry.cli.live;

/** Where a followed run is shown. All methods may be called from several threads. */
interface Display {

  /** The run is known, from now on or anew. */
  void begin(RunView run);

  /** A step is in another state than before. */
  void changed(StepView step);

  /** A whole line of a step's log, as the step wrote it. */
  void line(String step, String text);

  /** The line that a step is in the middle of. */
  void unfinished(String step, String text);

  /** Something worth knowing about the connection or what was asked. */
  void say(String sentence);

  /** Time went by. */
  void tick();

  /** Shows everything there is; what follows is printed below. */
  void end();
}
