import { bytes } from "./words";

/** Where a value stands on an axis, 0 to 1. */

export type Value = number | string | boolean | null | undefined;

export interface Scale {
  /** The place of a value; undefined where it has none. */
  place(value: Value): number | undefined;
  /** Values to write at the axis, with their places. */
  ticks: { at: number; text: string }[];
}

/** An axis for these values: of words where one of them is a word, else of numbers. */
export function scale(values: Value[], log = false): Scale {
  const given = values.filter((value) => value !== null && value !== undefined);
  if (given.some((value) => typeof value !== "number")) {
    return words([...new Set(given.map(String))]);
  }
  const numbers = (given as number[]).filter((value) => Number.isFinite(value) && (!log || value > 0));
  return numbers.length === 0 ? words([]) : line(numbers, log);
}

function words(all: string[]): Scale {
  const sorted = all.toSorted((a, b) => a.localeCompare(b, undefined, { numeric: true }));
  const at = (index: number) => (sorted.length === 1 ? 0.5 : index / (sorted.length - 1));
  return {
    place: (value) => (value === null || value === undefined || !sorted.includes(String(value)) ? undefined : at(sorted.indexOf(String(value)))),
    ticks: sorted.slice(0, 12).map((text, index) => ({ at: at(index), text })),
  };
}

function line(numbers: number[], log: boolean): Scale {
  const turn = log ? Math.log10 : (x: number) => x;
  let low = Infinity;
  let high = -Infinity;
  for (const number of numbers) {
    low = Math.min(low, turn(number));
    high = Math.max(high, turn(number));
  }
  const width = high - low;
  const place = (value: Value) =>
    typeof value !== "number" || !Number.isFinite(value) || (log && value <= 0) ? undefined : width === 0 ? 0.5 : (turn(value) - low) / width;
  const marks = log ? powers(low, high) : rounds(low, high);
  const ends = marks.length >= 2 ? marks : width === 0 ? [low] : [low, high];
  return { place, ticks: ends.map((mark) => ({ at: width === 0 ? 0.5 : (mark - low) / width, text: short(log ? 10 ** mark : mark) })) };
}

function powers(low: number, high: number): number[] {
  const first = Math.ceil(low - 1e-9);
  return Array.from({ length: Math.max(0, Math.floor(high + 1e-9) - first + 1) }, (_, index) => first + index);
}

/** Round numbers between two others, about five of them. */
export function rounds(low: number, high: number): number[] {
  if (high <= low) {
    return [low];
  }
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10);
  const marks: number[] = [];
  for (let at = Math.ceil(low / step - 1e-9); at * step <= high + step * 1e-9; at++) {
    marks.push(at * step + 0);
  }
  return marks;
}

/** A number in as many digits as a person compares. */
export function short(value: number): string {
  if (value === 0) {
    return "0";
  }
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-3) {
    return value.toExponential(2).replace(/\.?0+e/, "e").replace("e+", "e");
  }
  return String(Number(value.toPrecision(4)));
}

/** How numbers of this name are said: sizes as sizes. */
export function wording(name: string): (value: number) => string {
  return /bytes$/.test(name) ? bytes : short;
}

/** A value of a table's cell, as it is said. */
export function said(value: Value, name = ""): string {
  return value === null || value === undefined ? "–" : typeof value === "number" ? wording(name)(value) : String(value);
}
