import { get, put, query, remove } from "./api";
import type { RunSummary } from "./types";

/** What is tracked of a run besides what lists show. */
export interface Facts {
  params: Record<string, string>;
  metrics: Record<string, number | string>;
  starred: boolean;
}

const AT_ONCE = 100;
const MOMENT = 80;
const OLD = 3000;

/** Parameters, metrics and stars of the runs in sight, asked for once scrolling rests, and again while a run goes on. */
export class FactBook {
  facts = $state.raw<Map<string, Facts>>(new Map());
  #asked = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  want(runs: RunSummary[]): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(runs), MOMENT);
  }

  async #ask(runs: RunSummary[]): Promise<void> {
    const now = Date.now();
    const missing = runs.filter(({ id, ended }) => {
      const at = this.#asked.get(id);
      return at === undefined || (!this.#isSettled(ended, at) && now - at > OLD);
    });
    for (let from = 0; from < missing.length; from += AT_ONCE) {
      const ids = missing.slice(from, from + AT_ONCE).map(({ id }) => id);
      ids.forEach((id) => this.#asked.set(id, now));
      try {
        const { runs: told } = await get<{ runs: ({ id: string } & Facts)[] }>("tracked" + query({ runs: ids.join(",") }));
        const all = new Map(this.facts);
        told.forEach(({ id, ...facts }) => all.set(id, facts));
        this.facts = all;
      } catch {
        ids.forEach((id) => this.#asked.delete(id)); // the list itself says what is wrong
      }
    }
  }

  /** What a run logged at its end is written a moment later. */
  #isSettled(ended: string | undefined, asked: number): boolean {
    return ended !== undefined && asked - Date.parse(ended) > OLD;
  }

  async star(id: string, on: boolean): Promise<void> {
    await (on ? put(`runs/${encodeURIComponent(id)}/star`) : remove(`runs/${encodeURIComponent(id)}/star`));
    const all = new Map(this.facts);
    all.set(id, { ...(all.get(id) ?? { params: {}, metrics: {} }), starred: on });
    this.facts = all;
  }
}

/** Names of what can be shown as columns of these runs, the most common first. */
export function names(runs: RunSummary[], facts: Map<string, Facts>): string[] {
  const counts = new Map<string, number>();
  for (const { id } of runs) {
    const known = facts.get(id);
    const own = known ? [...Object.keys(known.metrics).map((name) => `metrics.${name}`), ...Object.keys(known.params).map((name) => `params.${name}`)] : [];
    own.forEach((name) => counts.set(name, (counts.get(name) ?? 0) + 1));
  }
  return [...counts].toSorted(([a, one], [b, other]) => other - one || a.localeCompare(b)).map(([name]) => name);
}

/** What a run has in a column named `metrics.X` or `params.X`. */
export function fact(facts: Facts | undefined, column: string): number | string | undefined {
  const kind = column.startsWith("metrics.") ? "metrics" : "params";
  return facts?.[kind][column.slice(kind.length + 1)];
}
