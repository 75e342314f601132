import ferry.search.space.Point;
import ferry.search.space.Space;
import ferry.search.space.SpaceReader;
import ferry.search.space.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Public test functions for minimizers; `functions.py` has the same. */
final class Functions {
  static final List<String> NAMES =
      List.of(
          "branin", "hartmann3", "hartmann6", "rosenbrock4", "ackley5", "levy5", "ackley10",
          "noisy-branin", "noisy-hartmann6", "mixed", "conditional");

  /** Nothing was tuned on these. */
  static final List<String> HELD_OUT =
      List.of(
          "michalewicz5", "styblinski4", "rastrigin4", "griewank6", "camel", "noisy-levy3", "forest", "optimizers",
          "cancer-boosting", "cancer-sgd", "diabetes-boosting", "diabetes-sgd", "digits-sgd", "digits-svm", "wine-sgd");

  private Functions() {}

  record Function(String name, Space space, double noise, ToDoubleFunction<Point> body) {
    double value(Point point) {
      return body.applyAsDouble(point);
    }
  }

  static Function named(String name) {
    return switch (name) {
      case "branin" -> new Function(name, space("x0=-5.0..10", "x1=0.0..15"), 0, Functions::branin);
      case "noisy-branin" -> new Function(name, space("x0=-5.0..10", "x1=0.0..15"), 2, Functions::branin);
      case "hartmann3" -> new Function(name, box(3, "0.0..1"), 0, point -> hartmann(point, A3, P3));
      case "hartmann6" -> new Function(name, box(6, "0.0..1"), 0, point -> hartmann(point, A6, P6));
      case "noisy-hartmann6" -> new Function(name, box(6, "0.0..1"), 0.1, point -> hartmann(point, A6, P6));
      case "rosenbrock4" -> new Function(name, box(4, "-5.0..10"), 0, point -> rosenbrock(xs(point)));
      case "ackley5" -> new Function(name, box(5, "-32.768..32.768"), 0, point -> ackley(shifted(point, 10)));
      case "ackley10" -> new Function(name, box(10, "-32.768..32.768"), 0, point -> ackley(shifted(point, 10)));
      case "levy5" -> new Function(name, box(5, "-10.0..10"), 0, point -> levy(shifted(point, 3)));
      case "mixed" ->
          new Function(
              name,
              space("lr=log:1e-5..1", "units=logint:8..512", "layers=int:1..6", "act=[relu, tanh, elu, gelu]", "drop=0.0..0.8", "batch=[16, 32, 64, 128]"),
              0,
              Functions::mixed);
      case "conditional" ->
          new Function(
              name,
              space(
                  "model=[svm, forest, net]", "c=log:1e-3..1e3 if model = svm", "gamma=log:1e-4..10 if model = svm",
                  "depth=int:2..32 if model = forest", "trees=logint:10..1000 if model = forest",
                  "lr=log:1e-5..1 if model = net", "wd=log:1e-8..1e-1 if model = net", "act=[relu, tanh] if model = net"),
              0,
              Functions::conditional);
      default -> HeldOut.named(name);
    };
  }

  static Function sphere(int parameters) {
    return new Function("sphere", box(parameters, "-5.0..5"), 0, point -> sum(xs(point), x -> x * x));
  }

  private interface One {
    double of(double x);
  }

  private static double sum(double[] xs, One one) {
    double sum = 0;
    for (double x : xs) {
      sum += one.of(x);
    }
    return sum;
  }

  static Space space(String... texts) {
    return new Space(List.of(texts).stream().map(text -> SpaceReader.parameter("space", text)).toList());
  }

  static Space box(int dimension, String range) {
    var texts = new ArrayList<String>();
    for (int i = 0; i < dimension; i++) {
      texts.add("x" + i + "=" + range);
    }
    return space(texts.toArray(String[]::new));
  }

  static double number(Point point, String name) {
    return switch (point.get(name).orElseThrow()) {
      case Value.Real(double real) -> real;
      case Value.Whole(long whole) -> whole;
      case Value.Text _, Value.Flag _, Value.Tree _ -> throw new IllegalArgumentException(name);
    };
  }

  static String word(Point point, String name) {
    return point.get(name).orElseThrow().text();
  }

  static double[] xs(Point point) {
    var xs = new double[point.values().size()];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = number(point, "x" + i);
    }
    return xs;
  }

  /** Moves the optimum out of the middle, each coordinate elsewhere. */
  static double[] shifted(Point point, double by) {
    var xs = xs(point);
    for (int i = 0; i < xs.length; i++) {
      xs[i] -= by * Math.sin(i + 1.0);
    }
    return xs;
  }

  private static double branin(Point point) {
    double x = number(point, "x0");
    double y = number(point, "x1");
    double a = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
    return a * a + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
  }

  private static final double[] ALPHA = {1.0, 1.2, 3.0, 3.2};
  private static final double[][] A3 = {{3, 10, 30}, {0.1, 10, 35}, {3, 10, 30}, {0.1, 10, 35}};
  private static final double[][] P3 = {
    {0.3689, 0.1170, 0.2673}, {0.4699, 0.4387, 0.7470}, {0.1091, 0.8732, 0.5547}, {0.0381, 0.5743, 0.8828}
  };
  private static final double[][] A6 = {
    {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
  };
  private static final double[][] P6 = {
    {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
    {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
    {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
    {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
  };

  private static double hartmann(Point point, double[][] a, double[][] p) {
    var x = xs(point);
    double value = 0;
    for (int i = 0; i < 4; i++) {
      double inner = 0;
      for (int j = 0; j < x.length; j++) {
        inner += a[i][j] * (x[j] - p[i][j]) * (x[j] - p[i][j]);
      }
      value -= ALPHA[i] * Math.exp(-inner);
    }
    return value;
  }

  private static double rosenbrock(double[] x) {
    double value = 0;
    for (int i = 0; i + 1 < x.length; i++) {
      double valley = x[i + 1] - x[i] * x[i];
      value += 100 * valley * valley + (1 - x[i]) * (1 - x[i]);
    }
    return value;
  }

  private static double ackley(double[] x) {
    double squares = sum(x, one -> one * one) / x.length;
    double waves = sum(x, one -> Math.cos(2 * Math.PI * one)) / x.length;
    return -20 * Math.exp(-0.2 * Math.sqrt(squares)) - Math.exp(waves) + 20 + Math.E;
  }

  static double levy(double[] x) {
    var w = new double[x.length];
    for (int i = 0; i < w.length; i++) {
      w[i] = 1 + (x[i] - 1) / 4;
    }
    double first = Math.sin(Math.PI * w[0]);
    double value = first * first;
    for (int i = 0; i + 1 < w.length; i++) {
      double wave = Math.sin(Math.PI * w[i] + 1);
      value += (w[i] - 1) * (w[i] - 1) * (1 + 10 * wave * wave);
    }
    double last = w[w.length - 1];
    double end = Math.sin(2 * Math.PI * last);
    return value + (last - 1) * (last - 1) * (1 + end * end);
  }

  private static double mixed(Point point) {
    double lr = Math.log10(number(point, "lr")) + 2.3;
    double units = Math.log(number(point, "units") / 96) / Math.log(2);
    double layers = number(point, "layers") - 3;
    double drop = number(point, "drop") - 0.25;
    double batch = Math.log(number(point, "batch") / 64) / Math.log(2);
    double act =
        switch (word(point, "act")) {
          case "relu" -> 0.15;
          case "gelu" -> 0;
          case "elu" -> 0.3;
          default -> 0.6;
        };
    double coupled = lr - 0.15 * batch;
    return 0.3 * coupled * coupled + 0.03 * units * units + 0.05 * layers * layers + 2 * drop * drop + act * (1 + 0.2 * Math.abs(layers)) + 0.02 * batch * batch;
  }

  private static double conditional(Point point) {
    return switch (word(point, "model")) {
      case "svm" -> {
        double c = Math.log10(number(point, "c")) - 1;
        double gamma = Math.log10(number(point, "gamma")) + 2;
        yield 0.1 + 0.05 * (c + gamma) * (c + gamma) + 0.03 * (c - gamma) * (c - gamma);
      }
      case "forest" -> {
        double depth = number(point, "depth") - 14;
        double trees = Math.log10(number(point, "trees")) - 3;
        yield 0.25 + 0.001 * depth * depth + 0.03 * trees * trees;
      }
      default -> {
        double lr = Math.log10(number(point, "lr")) + 3;
        double wd = Math.log10(number(point, "wd")) + 4;
        yield 0.05 + 0.12 * lr * lr + 0.02 * wd * wd + (word(point, "act").equals("relu") ? 0 : 0.05);
      }
    };
  }
}
