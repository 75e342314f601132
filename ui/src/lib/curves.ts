/** Lines of a chart, made ready for drawing: aligned, thinned to what a screen can show, smoothed. */

export interface Curve {
  id: string;
  label: string;
  xs: number[];
  ys: (number | null)[];
  /** What of it cannot be drawn, in words. */
  undrawn?: string | undefined;
}

/** One row of x, then a row of y for each curve; null where a curve has no point. */
export type Rows = [number[], ...(number | null)[][]];

/**
 * The curves over one row of x. Where that would be longer than `most`, the width is cut into columns, and of each column
 * the lowest and the highest point are kept: on a screen that is the same picture.
 */
export function aligned(curves: Curve[], most: number, from = -Infinity, to = Infinity): Rows {
  const places = new Set<number>();
  for (const { xs } of curves) {
    for (const x of xs) {
      if (x >= from && x <= to) {
        places.add(x);
      }
    }
    if (places.size > most) {
      return columns(curves, most >> 1, from, to);
    }
  }
  return exact(curves, [...places].sort((a, b) => a - b));
}

function exact(curves: Curve[], xs: number[]): Rows {
  const index = new Map(xs.map((x, at) => [x, at]));
  return [
    xs,
    ...curves.map((curve) => {
      const row = new Array<number | null>(xs.length).fill(null);
      curve.xs.forEach((x, at) => {
        const place = index.get(x);
        if (place !== undefined) {
          row[place] = curve.ys[at]!;
        }
      });
      return row;
    }),
  ];
}

function columns(curves: Curve[], count: number, least: number, most: number): Rows {
  let from = Infinity;
  let to = -Infinity;
  for (const { xs } of curves) {
    for (const x of xs) {
      if (x >= least && x <= most) {
        from = x < from ? x : from;
        to = x > to ? x : to;
      }
    }
  }
  const width = (to - from) / count;
  const xs = Array.from({ length: count * 2 }, (_, at) => from + ((at >> 1) + (at % 2 ? 0.75 : 0.25)) * width);
  return [xs, ...curves.map((curve) => extremes(curve, from, to, width, count))];
}

function extremes({ xs, ys }: Curve, from: number, to: number, width: number, count: number): (number | null)[] {
  const row = new Array<number | null>(count * 2).fill(null);
  const rises = new Array<boolean>(count).fill(true);
  xs.forEach((x, at) => {
    const y = ys[at];
    if (x < from || x > to || y === null || y === undefined) {
      return;
    }
    const column = Math.min(count - 1, Math.floor((x - from) / width));
    const low = row[column * 2];
    const high = row[column * 2 + 1];
    if (low === null || low === undefined || y < low) {
      row[column * 2] = y;
      rises[column] = false;
    }
    if (high === null || high === undefined || y > high) {
      row[column * 2 + 1] = y;
      rises[column] = true;
    }
  });
  rises.forEach((isRise, column) => {
    if (!isRise) {
      [row[column * 2], row[column * 2 + 1]] = [row[column * 2 + 1]!, row[column * 2]!];
    }
  });
  return row;
}

/** An exponential moving average without the pull of its beginning; `weight` is 0 (as it is) to below 1. */
export function smoothed(ys: (number | null)[], weight: number): (number | null)[] {
  if (weight <= 0) {
    return ys;
  }
  let sum = 0;
  let weights = 0;
  return ys.map((y) => {
    if (y === null) {
      return null;
    }
    sum = sum * weight + y;
    weights = weights * weight + 1;
    return sum / weights;
  });
}

/** Numbers as JSON tells them: what is no number comes as a word, and is a gap in a line. */
export function drawable(values: (number | string)[]): (number | null)[] {
  return values.map((value) => (typeof value === "number" && Number.isFinite(value) ? value : null));
}

/** How many points are no numbers and from which step on, in words; undefined where all can be drawn. */
export function undrawn(steps: number[], values: (number | string)[], all = values.length): string | undefined {
  const words = values.filter((value) => typeof value !== "number");
  const first = values.findIndex((value) => typeof value !== "number");
  if (first < 0) {
    return undefined;
  }
  const kinds = [...new Set(words)].toSorted().join(", ");
  const of = words.length === values.length ? (all === 1 ? "its only point is" : `all ${all} points are`) : `${words.length} of ${values.length}${all > values.length ? " points shown" : " points"} ${words.length === 1 ? "is" : "are"}`;
  const since = words.length === values.length - first ? `from step ${steps[first]} on` : `the first at step ${steps[first]}`;
  return `${of} not ${words.length === 1 ? "a number" : "numbers"} (${kinds}), ${since}`;
}

/** The lowest and the highest value of all; undefined where there is none. */
export function range(curves: Curve[]): [number, number] | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (const { ys } of curves) {
    for (const y of ys) {
      if (y !== null) {
        low = Math.min(low, y);
        high = Math.max(high, y);
      }
    }
  }
  return low > high ? undefined : [low, high];
}
