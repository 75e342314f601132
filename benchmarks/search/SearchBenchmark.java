import ferry.search.Ending;
import ferry.search.Goal;
import ferry.search.SearchAction;
import ferry.search.SearchEvent;
import ferry.search.SearchPlan;
import ferry.search.Searcher;
import ferry.search.chance.Normal;
import ferry.search.chance.Stream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs Ferry's methods over the test functions; `compare.py` runs the others over the same. */
final class SearchBenchmark {
  private SearchBenchmark() {}

  public static void main(String[] arguments) {
    var what = arguments[0];
    if (what.equals("quality")) {
      int trials = Integer.parseInt(arguments[3]);
      var done = done(Path.of(arguments[5]), trials);
      for (int seed = 0; seed < Integer.parseInt(arguments[4]); seed++) {
        for (var method : arguments[1].split(",")) {
          for (var name : names(arguments[2])) {
            if (!done.contains(method + " " + name + " " + seed)) {
              quality(method, Functions.named(name), trials, seed);
            }
          }
        }
      }
    } else if (what.equals("budget")) {
      for (var method : arguments[1].split(",")) {
        for (var name : arguments[2].split(",")) {
          Budgets.print(method, name, Integer.parseInt(arguments[3]));
        }
      }
    } else {
      speed(arguments[1], Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
    }
  }

  /** Method, function and seed of the lines of a file that need not be computed again. */
  private static Set<String> done(Path file, int trials) {
    try (var lines = Files.lines(file)) {
      return lines
          .map(line -> line.split(" "))
          .filter(words -> words.length >= 3 + trials)
          .map(words -> words[0] + " " + words[1] + " " + words[2])
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(String word) {
    return switch (word) {
      case "all" -> Functions.NAMES;
      case "held-out" -> Functions.HELD_OUT;
      default -> List.of(word.split(","));
    };
  }

  /** Prints the best value after each trial. */
  private static void quality(String method, Functions.Function function, int trials, int seed) {
    var line = new StringBuilder(method + " " + function.name() + " " + seed);
    double best = Double.POSITIVE_INFINITY;
    double truth = Double.POSITIVE_INFINITY;
    for (var pair : run(method, function, trials, seed)) {
      if (pair[0] < best) {
        best = pair[0];
        truth = pair[1];
      }
      line.append(' ').append(truth);
    }
    System.out.println(line);
  }

  private static List<double[]> run(String method, Functions.Function function, int trials, int seed) {
    var plan =
        SearchPlan.of(function.space(), Goal.MINIMIZE).withMethod(method).withTrials(trials, 1).withSeed(seed);
    var searcher = new Searcher(plan);
    var noise = new Stream(seed, 77);
    var values = new ArrayList<double[]>();
    var actions = searcher.on(new SearchEvent.Begun());
    while (!searcher.finished()) {
      var create = (SearchAction.Create) actions.getFirst();
      double truth = function.value(create.point());
      double seen = truth + function.noise() * Normal.draw(noise);
      values.add(new double[] {seen, truth});
      searcher.on(new SearchEvent.Reported(create.trial(), 1, seen));
      actions = searcher.on(new SearchEvent.Ended(create.trial(), Ending.FINISHED));
    }
    return values;
  }

  /** Prints the seconds that each of some rounds of so many trials took. */
  private static void speed(String method, int parameters, int trials, int rounds) {
    for (int round = 0; round < rounds; round++) {
      long start = processorTime();
      run(method, Functions.sphere(parameters), trials, round);
      System.out.println((processorTime() - start) / 1e9);
    }
  }

  private static long processorTime() {
    return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
