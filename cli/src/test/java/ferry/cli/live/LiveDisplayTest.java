package ferry.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.cli.client.Json;
import ferry.cli.terminal.Output;
import ferry.cli.terminal.TerminalSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveDisplayTest {
  private static final long NOON = 1_795_348_800_000L;

  private final FakeTerminal terminal = new FakeTerminal();
  private final Output output = new Output(terminal, true, false);
  private TerminalSize size = new TerminalSize(10, 60);
  private long now = NOON;
  private final LiveDisplay display = new LiveDisplay(output, output, () -> size, () -> now);
  private final RunView run = new RunView();

  private static Json json(String text) {
    try {
      return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void begin(String steps) {
    run.take(json("{'id': 'hello-bcdfg', 'state': 'running', 'steps': [" + steps + "]}"));
    display.begin(run);
    display.tick();
  }

  private void step(String step) {
    var view = StepView.of(json(step));
    run.take(view);
    display.changed(view);
    display.tick();
  }

  @Test
  void stepsAreDrawnInPlaceAndLogsScrollAbove() {
    begin("{'name': 'prepare', 'state': 'waiting'}, {'name': 'train', 'state': 'waiting'}");
    step(
        "{'name': 'prepare', 'state': 'running', 'attempts': [{'number': 1, 'started':"
            + " '2026-11-22T12:00:00Z'}]}");
    now += 2_000;
    display.line("prepare", "reading");
    display.tick();
    step(
        "{'name': 'prepare', 'state': 'succeeded', 'attempts': [{'number': 1, 'started':"
            + " '2026-11-22T12:00:00Z', 'ended': '2026-11-22T12:00:02.5Z'}]}");
    assertThat(terminal.frames())
        .containsExactly(
            List.of("  prepare  waiting", "  train    waiting"),
            List.of("  prepare  running        0.0 s", "  train    waiting"),
            List.of("prepare | reading", "  prepare  running        2.0 s", "  train    waiting"),
            List.of("prepare | reading", "  prepare  succeeded      2.5 s", "  train    waiting"));
  }

  @Test
  void aProgressBarStandsInItsStepsLine() {
    begin(
        "{'name': 'train', 'state': 'running', 'attempts': [{'number': 2, 'started':"
            + " '2026-11-22T11:59:00Z'}]}");
    display.unfinished("train", "45%|####      | 45/100 [00:10<00:12, 4.5it/s]");
    display.tick();
    assertThat(terminal.screen())
        .containsExactly("  train  running     1 m 00 s  attempt 2  45%|####      | …");
  }

  @Test
  void nothingIsDrawnWhereNothingChanged() {
    begin("{'name': 'train', 'state': 'running'}");
    display.tick();
    display.tick();
    assertThat(terminal.frames()).hasSize(1);
  }

  @Test
  void moreStepsThanFitAreFailuresActiveOnesAndACount() {
    size = new TerminalSize(6, 60);
    begin(
        """
        {'name': 'a', 'state': 'succeeded'}, {'name': 'b', 'state': 'failed', 'reason': 'status 1'},
        {'name': 'c', 'state': 'running'}, {'name': 'd', 'state': 'waiting'}, {'name': 'e', 'state': 'running'},
        {'name': 'f', 'state': 'waiting'}, {'name': 'g', 'state': 'running'}\
        """);
    assertThat(terminal.screen())
        .containsExactly(
            "  b  failed                status 1",
            "  c  running",
            "  e  running",
            "1 failed, 3 running, 1 succeeded, 2 waiting");
  }

  @Test
  void aTerminalOfOneLineShowsTheCount() {
    size = new TerminalSize(1, 20);
    begin("{'name': 'a', 'state': 'running'}, {'name': 'b', 'state': 'waiting'}");
    assertThat(terminal.screen()).containsExactly("1 running, 1 waiti…");
  }

  @Test
  void noOutputOfAStepMovesTheCursor() {
    begin("{'name': 'a', 'state': 'running'}");
    display.line("a", "x\u001b[2J\u001b[10Ay\u0007");
    display.tick();
    assertThat(terminal.screen()).containsExactly("a | xy␇", "  a  running");
  }

  @Test
  void theFrameGrowsAndShrinksWithoutTraces() {
    begin("{'name': 'a', 'state': 'running'}");
    step("{'name': 'b[1]', 'state': 'running'}");
    step("{'name': 'b[2]', 'state': 'running'}");
    size = new TerminalSize(3, 60);
    display.line("a", "z");
    display.tick();
    assertThat(terminal.screen()).containsExactly("a | z", "3 running");
  }
}
