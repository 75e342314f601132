import { get, query, type Problem } from "./api";
import { drawable, undrawn, type Curve } from "./curves";
import { worded } from "./live.svelte";

interface Told {
  key: string;
  series: { id: string; all: number; steps: number[]; values: (number | string)[]; at?: number[] }[];
}

const MOST_IN_ALL = 100_000;

/** One metric of several tracked runs: thinned as a whole, and in full where somebody looks closer. */
export class MetricCurves {
  curves = $state.raw<Curve[]>([]);
  problem = $state<Problem>();
  /** How many points there are in all, shown or not. */
  points = $state(0);
  #turn = 0;

  async load(key: string, runs: { id: string; label: string }[], times: boolean, from?: number, to?: number): Promise<void> {
    const turn = ++this.#turn;
    const closer = !times && from !== undefined && to !== undefined;
    const words = query({
      key,
      runs: runs.map(({ id }) => id).join(","),
      points: points(runs.length),
      times,
      from: closer ? Math.floor(from) : undefined,
      to: closer ? Math.ceil(to) : undefined,
    });
    try {
      const { series } = await get<Told>("metrics" + words);
      if (turn === this.#turn) {
        const labels = new Map(runs.map(({ id, label }) => [id, label]));
        this.points = series.reduce((sum, { all }) => sum + all, 0);
        this.curves = series.map(({ id, all, steps, values, at }) => ({
          id,
          label: labels.get(id) ?? id,
          xs: xs(times, steps, at),
          ys: drawable(values),
          undrawn: undrawn(steps, values, all),
        }));
        this.problem = undefined;
      }
    } catch (failure) {
      if (turn === this.#turn) {
        this.problem = worded(failure);
      }
    }
  }
}

function points(runs: number): number {
  return Math.max(500, Math.min(10_000, Math.floor(MOST_IN_ALL / Math.max(1, runs))));
}

function xs(times: boolean, steps: number[], at: number[] | undefined): number[] {
  return times && at ? at.map((millis) => millis / 1000) : steps;
}
