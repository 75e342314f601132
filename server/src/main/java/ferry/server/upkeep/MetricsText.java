package ferry.server.upkeep;

import java.math.BigDecimal;
import java.math.MathContext;

/** Prometheus' text format, version 0.0.4, line by line. */
final class MetricsText {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder(4096);

  MetricsText head(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    return this;
  }

  /** A sample; the name has its labels with it. */
  MetricsText value(String name, double value) {
    text.append(name).append(' ').append(number(value)).append('\n');
    return this;
  }

  MetricsText value(String name, long value) {
    text.append(name).append(' ').append(value).append('\n');
    return this;
  }

  MetricsText gauge(String name, String help, long value) {
    return head(name, "gauge", help).value(name, value);
  }

  MetricsText counter(String name, String help, long value) {
    return head(name, "counter", help).value(name, value);
  }

  MetricsText gauge(String name, String help, double value) {
    return head(name, "gauge", help).value(name, value);
  }

  MetricsText counter(String name, String help, double value) {
    return head(name, "counter", help).value(name, value);
  }

  /** A label's value with what the format wants escaped. */
  static String label(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }
    var digits = new BigDecimal(value, new MathContext(15));
    return digits.signum() == 0 ? "0" : digits.stripTrailingZeros().toPlainString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
