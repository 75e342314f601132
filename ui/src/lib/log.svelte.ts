import { AnsiUp } from "ansi_up";
import { followText, query, type Problem } from "./api";
import { worded } from "./live.svelte";

const MOST = 100_000;

/** The log of one attempt as it comes, from its last lines or from its beginning. */
export class LogText {
  lines = $state.raw<string[]>([]);
  problem = $state<Problem>();
  /** How many lines went to make room. */
  dropped = $state(0);
  #rest = "";

  /** Follows a log until the returned function is called. */
  follow(run: string, step: string, attempt: number, tail: number | undefined): () => void {
    this.lines = [];
    this.#rest = "";
    this.dropped = 0;
    const stop = new AbortController();
    const path = `runs/${encodeURIComponent(run)}/steps/${encodeURIComponent(step)}/log${query({ attempt, follow: true, tail })}`;
    void this.#read(path, stop.signal);
    return () => stop.abort();
  }

  async #read(path: string, signal: AbortSignal): Promise<void> {
    try {
      for await (const text of followText(path, signal)) {
        if (signal.aborted) {
          return;
        }
        this.#take(text);
      }
      this.problem = undefined;
    } catch (failure) {
      if (!signal.aborted) {
        this.problem = worded(failure);
      }
    }
  }

  #take(text: string): void {
    const parts = (this.#rest + text).split("\n");
    this.#rest = parts.pop() ?? "";
    const kept = this.#rest.length > 1 << 20 ? this.#rest.slice(-(1 << 20)) : this.#rest;
    const before = this.lines.at(-1) === undefined ? [] : this.lines.slice(0, this.#open ? -1 : undefined);
    this.#open = kept !== "";
    const all = [...before, ...parts.map(shown), ...(this.#open ? [shown(kept)] : [])];
    this.dropped += Math.max(0, all.length - MOST);
    this.lines = all.length > MOST ? all.slice(-MOST) : all;
  }

  #open = false;
}

/** What a terminal would show of a line: progress bars write over it with carriage returns. */
export function shown(line: string): string {
  const text = line.replace(/\r$/, "");
  return text.slice(text.lastIndexOf("\r") + 1);
}

/** A line without the codes that colour it, as it is searched. */
export function plain(line: string): string {
  return line.replace(/\u001b\[[0-9;]*[A-Za-z]/g, "");
}

/** A line's colours as HTML; everything else in it is escaped. */
export function coloured(line: string): string {
  const ansi = new AnsiUp();
  ansi.use_classes = true;
  return ansi.ansi_to_html(line);
}
