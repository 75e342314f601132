import { get, type Problem } from "./api";
import { worded } from "./live.svelte";
import type { RunSummary } from "./types";

interface Page {
  runs: RunSummary[];
  next?: string;
}

export interface Filter {
  state: string;
  workflow: string;
}

const PAGE = 200;

/** Runs, newest first: pages come as they are scrolled to, and the newest are asked for again and again. */
export class RunList {
  runs = $state.raw<RunSummary[]>([]);
  problem = $state<Problem>();
  isWhole = $state(false);
  isEmpty = $state(false);
  #next: string | undefined;
  #filter: Filter = { state: "", workflow: "" };
  #busy = false;
  #turn = 0;

  /** Shows other runs, and keeps them new until the effect that asked for them is over. */
  show(filter: Filter): () => void {
    this.#filter = filter;
    this.#next = undefined;
    this.isWhole = false;
    const turn = ++this.#turn;
    let timer: ReturnType<typeof setTimeout>;
    const again = async (whole: boolean) => {
      if (whole || !document.hidden) {
        await this.#newest(turn, whole);
      }
      if (turn === this.#turn) {
        timer = setTimeout(() => void again(false), 2000);
      }
    };
    void again(true);
    return () => {
      this.#turn++;
      clearTimeout(timer);
    };
  }

  async more(): Promise<void> {
    if (this.#busy || !this.#next) {
      return;
    }
    this.#busy = true;
    const turn = this.#turn;
    await this.#ask(this.#next, turn, (page) => {
      this.runs = [...this.runs, ...page.runs];
      this.#to(page);
    });
    this.#busy = false;
  }

  async #newest(turn: number, whole: boolean): Promise<void> {
    await this.#ask(undefined, turn, (page) => {
      const joined = whole ? undefined : merged(page.runs, this.runs);
      this.runs = joined ?? page.runs;
      this.isEmpty = this.runs.length === 0;
      if (!joined) {
        this.#to(page);
      }
    });
  }

  #to(page: Page): void {
    this.#next = page.next;
    this.isWhole = !page.next;
  }

  async #ask(after: string | undefined, turn: number, take: (page: Page) => void): Promise<void> {
    const words = new URLSearchParams({ limit: String(PAGE) });
    for (const [name, value] of Object.entries({ ...this.#filter, after })) {
      if (value) {
        words.set(name, value);
      }
    }
    try {
      const page = await get<Page>("runs?" + words);
      if (turn === this.#turn) {
        take(page);
        this.problem = undefined;
      }
    } catch (failure) {
      if (turn === this.#turn) {
        this.problem = worded(failure);
      }
    }
  }
}

/** The newest runs above those that were seen before; undefined where there may be others between the two. */
export function merged(newest: RunSummary[], before: RunSummary[]): RunSummary[] | undefined {
  const last = newest.at(-1);
  const from = last ? before.findIndex((run) => run.id === last.id) : -1;
  return from < 0 ? undefined : [...newest, ...before.slice(from + 1)];
}
