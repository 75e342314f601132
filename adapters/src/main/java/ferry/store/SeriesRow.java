package ferry.store;

import ferry.tracking.MetricSeries;
import java.sql.SQLException;

/**
 * What is true of all points of one key of a run.
 *
 * @param value the newest point's, as its step and time
 * @param lastAt the latest time of all points, as {@code lastStep} the highest step
 * @param nextPiece the number of the next piece
 * @param loose how many pieces were not packed together yet
 * @param tail the last few points, which are in no piece yet
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
    long loose,
    MetricSeries tail) {

  static final String COLUMNS =
      "no, value, nan, step, at, last_at, last_step, points, next_piece, loose, tail";

  static SeriesRow none(long no) {
    var never = Long.MIN_VALUE;
    return new SeriesRow(no, Double.NaN, never, never, never, never, 0, 0, 0, MetricSeries.empty());
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
        row.number(10),
        MetricPiece.tail(row.optionalBytes(11)));
  }

  boolean isNew() {
    return points == 0;
  }

  /** Whether a point is surely not among those that are there. */
  boolean isBeyond(long step, long at) {
    return at > lastAt || step > lastStep;
  }

  SeriesRow with(MetricSeries added) {
    int newest = -1;
    long latest = lastAt;
    long highest = lastStep;
    for (int i = 0; i < added.size(); i++) {
      latest = Math.max(latest, added.atMillis(i));
      highest = Math.max(highest, added.step(i));
      newest = newest < 0 || isNewer(added, i, newest) ? i : newest;
    }
    boolean newer = isNew() || isNewer(added, newest);
    return new SeriesRow(
        no,
        newer ? added.value(newest) : value,
        newer ? added.step(newest) : step,
        newer ? added.atMillis(newest) : at,
        latest,
        highest,
        points + added.size(),
        nextPiece,
        loose,
        tail);
  }

  private static boolean isNewer(MetricSeries points, int one, int other) {
    return isNewer(
        Long.compare(points.step(one), points.step(other)),
        Long.compare(points.atMillis(one), points.atMillis(other)),
        points.value(one),
        points.value(other));
  }

  private boolean isNewer(MetricSeries points, int one) {
    return isNewer(
        Long.compare(points.step(one), step),
        Long.compare(points.atMillis(one), at),
        points.value(one),
        value);
  }

  /** By step, then time, then value, where what is not a number is the smallest. */
  private static boolean isNewer(int byStep, int byTime, double one, double other) {
    if (byStep != 0 || byTime != 0) {
      return byStep > 0 || byStep == 0 && byTime > 0;
    }
    return one > other || Double.isNaN(other) && !Double.isNaN(one);
  }

  /** With one piece more, and these points after it. */
  SeriesRow withPiece(boolean isLoose, MetricSeries rest) {
    return new SeriesRow(
        no,
        value,
        step,
        at,
        lastAt,
        lastStep,
        points,
        nextPiece + 1,
        isLoose ? loose + 1 : loose,
        rest);
  }

  SeriesRow withTail(MetricSeries rest) {
    return new SeriesRow(no, value, step, at, lastAt, lastStep, points, nextPiece, loose, rest);
  }

  SeriesRow packed() {
    return new SeriesRow(no, value, step, at, lastAt, lastStep, points, nextPiece, 0, tail);
  }
}
