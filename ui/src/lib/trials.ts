import type { Value } from "./scale";
import { short } from "./scale";
import type { Experiment, Trial } from "./types";

/** Whether one value of the metric is better than another; what is no number is worse than all. */
export function isBetter(goal: string, one: number | undefined, other: number | undefined): boolean {
  if (one === undefined || !Number.isFinite(one)) {
    return false;
  }
  return other === undefined || !Number.isFinite(other) || (goal === "maximize" ? one > other : one < other);
}

/** The best value up to each trial that has one, in their order. */
export function bestSoFar(goal: string, trials: Trial[]): { number: number; value: number }[] {
  let best: number | undefined;
  const line: { number: number; value: number }[] = [];
  for (const { number, metric } of trials) {
    if (isBetter(goal, metric, best)) {
      best = metric;
    }
    if (best !== undefined && metric !== undefined) {
      line.push({ number, value: best });
    }
  }
  return line;
}

/** Where each trial stands among those with a value: 0 for the best, 1 for the worst. */
export function ranks(goal: string, trials: Trial[]): Map<number, number> {
  const valued = trials.filter(({ metric }) => metric !== undefined && Number.isFinite(metric));
  const sorted = valued.toSorted((a, b) => (goal === "maximize" ? b.metric! - a.metric! : a.metric! - b.metric!));
  return new Map(sorted.map(({ number }, index) => [number, sorted.length < 2 ? 0 : index / (sorted.length - 1)]));
}

/** The parameters that are searched, whichever trials have them. */
export function searched(experiment: Experiment, trials: Trial[]): string[] {
  const names = new Set(experiment.space.map(({ name }) => name));
  for (const { params } of trials) {
    Object.keys(params).forEach((name) => names.add(name));
  }
  return [...names].filter((name) => trials.length === 0 || trials.some(({ params }) => name in params));
}

export function isLog(experiment: Experiment, name: string): boolean {
  return /^log\b/.test(experiment.space.find((one) => one.name === name)?.range ?? "");
}

/** The command that runs one trial again, as a person would type it. */
export function command(experiment: Experiment, trial: Trial): string {
  if (!experiment.command.includes("{") && /\.ya?ml$/.test(experiment.command)) {
    return `ferry rerun ${experiment.id}/${trial.number}`; // whatever format the file has
  }
  const params = Object.entries(trial.params).map(([name, value]) => ` --param ${word(`${name}=${value}`)}`);
  return `ferry run ${quoted(experiment.command)}${params.join("")}`;
}

function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : quoted(text);
}

function quoted(text: string): string {
  return /[`$"\\!]/.test(text) ? `'${text.replaceAll("'", `'\\''`)}'` : `"${text}"`;
}

export type Column = "number" | "state" | "metric" | "length" | "lasted" | `param ${string}`;

/** What a trial has in a column. */
export function cell(trial: Trial, column: Column, now: number): Value {
  if (column.startsWith("param ")) {
    return trial.params[column.slice(6)];
  }
  if (column === "lasted") {
    return (trial.ended ? Date.parse(trial.ended) : now) - Date.parse(trial.created);
  }
  return trial[column as "number" | "state" | "metric" | "length"];
}

/** Trials by a column; those that have nothing there come last either way. */
export function sorted(trials: Trial[], column: Column, falling: boolean, now: number): Trial[] {
  const sign = falling ? -1 : 1;
  return trials.toSorted((a, b) => {
    const one = cell(a, column, now);
    const other = cell(b, column, now);
    if (one === undefined || one === null || other === undefined || other === null) {
      return Number(one === undefined || one === null) - Number(other === undefined || other === null);
    }
    if (typeof one === "number" && typeof other === "number") {
      return (one - other) * sign;
    }
    return String(one).localeCompare(String(other), undefined, { numeric: true }) * sign;
  });
}

/** A trial in one line. */
export function line(trial: Trial): string {
  const params = Object.entries(trial.params).map(([name, value]) => `${name} ${typeof value === "number" ? short(value) : value}`);
  return `Trial ${trial.number}: ${params.join(", ")}`;
}
