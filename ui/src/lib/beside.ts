import type { Value } from "./scale";

/** A run with all that it and its parts logged. */
export interface Compared {
  id: string;
  /** What it is called where that is not its id. */
  name?: string;
  state: string;
  params: Record<string, string>;
  metrics: Record<string, number | string>;
}

export interface Table {
  names: { kind: "param" | "metric"; name: string }[];
  rows: { run: Compared; cells: Value[] }[];
}

/** Runs as rows, parameters and metrics as columns; only those in which two runs differ, where that is asked. */
export function compared(runs: Compared[], onlyDifferent: boolean): Table {
  const names = [...columns(runs, "param"), ...columns(runs, "metric")].filter(
    ({ kind, name }) => !onlyDifferent || runs.length < 2 || new Set(runs.map((run) => String(value(run, kind, name)))).size > 1,
  );
  return { names, rows: runs.map((run) => ({ run, cells: names.map(({ kind, name }) => value(run, kind, name)) })) };
}

function columns(runs: Compared[], kind: "param" | "metric"): Table["names"] {
  const names = new Set(runs.flatMap((run) => Object.keys(kind === "param" ? run.params : run.metrics)));
  return [...names].toSorted().map((name) => ({ kind, name }));
}

function value(run: Compared, kind: "param" | "metric", name: string): Value {
  return kind === "param" ? run.params[name] : run.metrics[name];
}
