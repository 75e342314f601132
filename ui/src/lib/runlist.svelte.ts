import { get, query, type Problem } from "./api";
import { merged, renewed, unchanged } from "./lists";
import { worded } from "./live.svelte";
import type { RunSummary } from "./types";

interface Page {
  runs: RunSummary[];
  next?: string;
}

/** What is asked for, in the server's words; what is empty does not count. */
export interface Filter {
  state: string;
  workflow: string;
  text: string;
  where: string;
  starred: boolean;
  trials: boolean;
  sort: string;
  rising: boolean;
}

const PAGE = 200;

/** Runs, newest first: pages come as they are scrolled to, and the newest are asked for again and again. */
export class RunList {
  runs = $state.raw<RunSummary[]>([]);
  problem = $state<Problem>();
  isWhole = $state(false);
  isEmpty = $state(false);
  #next: string | undefined;
  #filter: Filter = { state: "", workflow: "", text: "", where: "", starred: false, trials: false, sort: "", rising: false };
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
      const newest = unchanged(page.runs, this.runs);
      const joined = whole ? undefined : this.#filter.sort ? renewed(newest, this.runs) : merged(newest, this.runs);
      const next = joined ?? newest;
      if (next.length !== this.runs.length || newest.some((run, index) => run !== this.runs[index])) {
        this.runs = next;
      }
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
    try {
      const page = await get<Page>("runs" + query({ ...this.#filter, trials: this.#filter.trials ? undefined : "false", after, limit: PAGE }));
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
