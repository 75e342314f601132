import { isTracked } from "./address";
import { get, type Problem } from "./api";
import type { Compared } from "./beside";
import { worded } from "./live.svelte";
import { metrics, type Source } from "./parts";
import { trackedRun } from "./tracked";
import type { Part } from "./types";

const AT_ONCE = 8;
const MOMENT = 3000;

/** Several runs beside each other, kept new while one of them goes on. */
export class Comparison {
  runs = $state.raw<Compared[]>([]);
  metrics = $state.raw<{ key: string; sources: Source[] }[]>([]);
  problem = $state<Problem>();
  turn = $state(0);

  load(ids: string[]): () => void {
    let over = false;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      try {
        const parts = await all(ids);
        if (over) {
          return;
        }
        this.runs = ids.map((id, index) => together(id, parts[index]!));
        this.metrics = metrics(parts.flatMap((own, index) => own.map((part) => ({ ...part, name: named(ids[index]!, part, own) }))));
        this.turn++;
        this.problem = undefined;
      } catch (failure) {
        this.problem = worded(failure);
      }
      if (!over && this.runs.some(({ state }) => state === "running" || state === "waiting")) {
        timer = setTimeout(() => void ask(), MOMENT);
      }
    };
    if (ids.length) {
      void ask();
    }
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }
}

async function all(ids: string[]): Promise<Part[][]> {
  const found: Part[][] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    found.push(...(await Promise.all(ids.slice(from, from + AT_ONCE).map(parts))));
  }
  return found;
}

/** A run of Ferry with its parts, or a tracked run, which is alone. */
async function parts(id: string): Promise<Part[]> {
  return isTracked(id) ? [await trackedRun(id)] : (await get<{ parts: Part[] }>(`runs/${encodeURIComponent(id)}/tracked`)).parts;
}

/** A run's only step needs no name of its own; of tracked runs several may have one name. */
function named(run: string, part: Part, all: Part[]): string {
  if (isTracked(run)) {
    return calledTracked(part);
  }
  const steps = all.filter(({ id, keys }) => id !== run && keys.length > 0);
  return part.id === run || steps.length < 2 ? run : `${run} ${part.name}`;
}

function calledTracked({ id, name }: Part): string {
  return id.includes("_") ? id : `${name} ${id.slice(0, 8)}`;
}

function together(id: string, parts: Part[]): Compared {
  const [whole] = parts;
  return {
    id,
    ...(whole && isTracked(id) && { name: calledTracked(whole) }),
    state: whole?.state ?? "waiting",
    params: Object.assign({}, ...parts.map(({ params }) => params).toReversed()) as Record<string, string>,
    metrics: Object.assign({}, ...parts.map(({ metrics }) => metrics)) as Record<string, number | string>,
  };
}
