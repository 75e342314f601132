package ferry.store;

import ferry.tracking.Metric;
import ferry.tracking.MetricSeries;
import java.sql.SQLException;

/**
 * What is true of all points of one key of a run.
 *
 * @param value the newest point's, as its step and time
 * @param lastAt the latest time of all points, as {@code lastStep} the highest step
 * @param nextPiece the number of the next piece
 * @param loose how many pieces were not packed together yet
 */
record SeriesRow(
    long no,
    double value,
    long step,
    long at,
    long lastAt,
    long lastStep,
    long points,
    long nextPiece,
    long loose) {

  static final String COLUMNS =
      "no, value, nan, step, at, last_at, last_step, points, next_piece, loose";

  static SeriesRow none(long no) {
    var never = Long.MIN_VALUE;
    return new SeriesRow(no, Double.NaN, never, never, never, never, 0, 0, 0);
  }

  static SeriesRow read(Row row) throws SQLException {
    return new SeriesRow(
        row.number(1),
        row.flag(3) ? Double.NaN : row.real(2),
        row.number(4),
        row.number(5),
        row.number(6),
        row.number(7),
        row.number(8),
        row.number(9),
        row.number(10));
  }

  boolean isNew() {
    return points == 0;
  }

  /** Whether a point is surely not among those that are there. */
  boolean isBeyond(Metric point) {
    return point.atMillis() > lastAt || point.step() > lastStep;
  }

  SeriesRow with(MetricSeries added) {
    var row = this;
    for (int i = 0; i < added.size(); i++) {
      row = row.with(added.step(i), added.atMillis(i), added.value(i));
    }
    return row;
  }

  private SeriesRow with(long newStep, long newAt, double newValue) {
    boolean newer = points == 0 || isNewer(newStep, newAt, newValue);
    return new SeriesRow(
        no,
        newer ? newValue : value,
        newer ? newStep : step,
        newer ? newAt : at,
        Math.max(lastAt, newAt),
        Math.max(lastStep, newStep),
        points + 1,
        nextPiece,
        loose);
  }

  private boolean isNewer(long newStep, long newAt, double newValue) {
    if (newStep != step) {
      return newStep > step;
    }
    if (newAt != at) {
      return newAt > at;
    }
    return newValue > value || Double.isNaN(value) && !Double.isNaN(newValue);
  }

  /** With one piece more. */
  SeriesRow withPiece(boolean isLoose) {
    return new SeriesRow(
        no, value, step, at, lastAt, lastStep, points, nextPiece + 1, isLoose ? loose + 1 : loose);
  }

  SeriesRow packed() {
    return new SeriesRow(no, value, step, at, lastAt, lastStep, points, nextPiece, 0);
  }
}
