import { follow, get, type Problem } from "./api";
import { drawable, type Curve } from "./curves";
import { worded } from "./live.svelte";
import type { Experiment, Trial } from "./types";

const PAGE = 1000;
const MOMENT = 1000;
const CURVES = 4000;

interface Told {
  number: number;
  lengths: number[];
  values: (number | string)[];
}

/** One experiment as it goes on: itself, its trials, their curves, and what its parameters weigh. */
export class LiveExperiment {
  one = $state.raw<Experiment>();
  trials = $state.raw<Trial[]>([]);
  curves = $state.raw<Curve[]>([]);
  weights = $state.raw<{ shares: { name: string; share: number }[]; method: string }>({ shares: [], method: "" });
  problem = $state<Problem>();
  readonly #id: string;
  readonly #address: string;
  #asked = false;

  constructor(id: string) {
    this.#id = id;
    this.#address = `experiments/${encodeURIComponent(id)}`;
  }

  /** Follows it until the returned function is called. */
  follow(): () => void {
    const stop = new AbortController();
    void this.#watch(stop.signal);
    return () => stop.abort();
  }

  async #watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const event of follow(`${this.#address}/events`, signal)) {
          this.problem = undefined;
          this.one = JSON.parse(event.data) as Experiment;
          await this.#refresh(event.name === "end", signal);
          if (event.name === "end") {
            return;
          }
        }
      } catch (failure) {
        if (signal.aborted) {
          return;
        }
        this.problem = worded(failure);
        if ([401, 404].includes(this.problem.status)) {
          return;
        }
      }
      await new Promise((wake) => setTimeout(wake, MOMENT));
    }
  }

  /** Events come several times a second, the rest is asked for once; the last event brings everything up to date. */
  async #refresh(isLast: boolean, signal: AbortSignal): Promise<void> {
    if (isLast) {
      await this.#load();
    } else if (!this.#asked && !document.hidden) {
      this.#asked = true;
      void this.#load()
        .catch((failure: unknown) => !signal.aborted && (this.problem = worded(failure)))
        .finally(() => setTimeout(() => (this.#asked = false), this.trials.length > 2000 ? 5 * MOMENT : MOMENT));
    }
  }

  async #load(): Promise<void> {
    await Promise.all([this.#trials(), this.#curves(), this.#weights()]);
  }

  /** Only those from the first that had not ended when they were asked for last. */
  async #trials(): Promise<void> {
    const open = this.trials.findIndex(({ ended }) => !ended);
    const all = open < 0 ? [...this.trials] : this.trials.slice(0, open);
    for (let more = true; more; ) {
      const { trials } = await get<{ trials: Trial[] }>(`${this.#address}/trials?limit=${PAGE}&after=${all.at(-1)?.number ?? 0}`);
      all.push(...trials.map(read));
      more = trials.length === PAGE;
    }
    this.trials = all;
  }

  async #curves(): Promise<void> {
    const { trials } = await get<{ trials: Told[] }>(`${this.#address}/curves`);
    this.curves = trials
      .filter(({ lengths }) => lengths.length > 0)
      .slice(-CURVES)
      .map(({ number, lengths, values }) => ({ id: String(number), label: `trial ${number}`, xs: lengths, ys: drawable(values) }));
  }

  async #weights(): Promise<void> {
    const { importance, method } = await get<{ importance: { name: string; share: number }[]; method: string }>(`${this.#address}/importance`);
    this.weights = { shares: importance, method };
  }

  get id(): string {
    return this.#id;
  }
}

/** Values that are no number come as a word. */
function read(trial: Trial): Trial {
  const { metric, ...others } = trial;
  return typeof metric === "number" ? trial : others;
}
