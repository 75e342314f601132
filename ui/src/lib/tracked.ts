import { get, mlflow } from "./api";
import { isSystem } from "./parts";
import type { Part } from "./types";

/** A run that was logged with MLflow's client, as the page shows it beside Ferry's own. */
export interface Tracked extends Part {
  /** The id of MLflow's experiment that it stands in. */
  group: string;
  user: string;
  deleted: boolean;
  data: { name: string; digest: string }[];
}

/** One of MLflow's experiments: a group of runs. */
export interface Group {
  experiment_id: string;
  name: string;
}

interface Pair {
  key: string;
  value: string;
}

export interface MlflowRun {
  info: { run_id: string; run_name: string; experiment_id: string; user_id?: string; status: string; start_time: number; end_time?: number; lifecycle_stage: string };
  data: { metrics?: { key: string; value: number | string }[]; params?: Pair[]; tags?: Pair[] };
  inputs?: { dataset_inputs?: { dataset: { name: string; digest: string } }[] };
}

const STATES: Record<string, string> = { SCHEDULED: "waiting", RUNNING: "running", FINISHED: "succeeded", FAILED: "failed", KILLED: "stopped" };
const PARENT = "mlflow.parentRunId";
const LATER_PAGE = 1000;
const MOST_PAGES = 8;
/** What every run of Ferry is tagged with, and no other. */
const OURS = "tags.`ferry.workflow`";

/** MLflow's words for a run in Ferry's. */
export function tracked({ info, data, inputs }: MlflowRun): Tracked {
  const tags = texts(data.tags);
  const metrics = Object.fromEntries((data.metrics ?? []).map(({ key, value }) => [key, value]));
  return {
    id: info.run_id,
    name: info.run_name,
    group: info.experiment_id,
    user: info.user_id ?? "",
    state: STATES[info.status] ?? info.status,
    deleted: info.lifecycle_stage === "deleted",
    started: new Date(Number(info.start_time)).toISOString(),
    ...(info.end_time && { ended: new Date(Number(info.end_time)).toISOString() }),
    ...(tags[PARENT] && { parent: tags[PARENT] }),
    params: texts(data.params),
    tags,
    keys: Object.keys(metrics),
    metrics,
    data: (inputs?.dataset_inputs ?? []).map(({ dataset }) => ({ name: dataset.name, digest: dataset.digest })),
  };
}

function texts(pairs: Pair[] = []): Record<string, string> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
}

export async function trackedRun(id: string): Promise<Tracked> {
  return tracked((await mlflow<{ run: MlflowRun }>(`runs/get?run_id=${encodeURIComponent(id)}`)).run);
}

/** The run of Ferry that a tracked run is part of, where it is of one. */
export async function owner(id: string): Promise<string | undefined> {
  return (await get<{ run?: string }>(`tracked/${encodeURIComponent(id)}`)).run;
}

/** What a list of tracked runs shows. */
export interface Wish {
  /** Ids of MLflow's experiments. */
  groups: string[];
  where: string;
  /** Ferry's own runs and their steps, too. */
  own: boolean;
  sort: string;
  rising: boolean;
}

/** The request of MLflow's that finds what is wished for, newest first where no other order is. */
export function search({ groups, where, own, sort, rising }: Wish, most: number, token?: string) {
  return {
    experiment_ids: groups,
    filter: [where, own ? "" : `${OURS} IS NULL`].filter(Boolean).join(" AND "),
    max_results: most,
    ...(sort && { order_by: [`${quoted(sort)} ${rising ? "ASC" : "DESC"}`] }),
    ...(token && { page_token: token }),
  };
}

/** `metrics.val loss` as MLflow's language wants it. */
function quoted(field: string): string {
  const dot = field.indexOf(".");
  return dot < 0 ? field : `${field.slice(0, dot)}.\`${field.slice(dot + 1)}\``;
}

/** What a search found. */
export interface Found {
  runs: Tracked[];
  /** Whether there may be others. */
  hasMore: boolean;
  /** How many runs were looked at. */
  seen: number;
}

/** The first runs of a search. Steps of Ferry's runs are passed over here, since no clause of MLflow's language tells them apart. */
export async function found(wish: Wish, most: number): Promise<Found> {
  const runs: Tracked[] = [];
  let token: string | undefined;
  let seen = 0;
  for (let pages = 1; ; pages++) {
    const told = await mlflow<{ runs?: MlflowRun[]; next_page_token?: string }>("runs/search", search(wish, pages === 1 ? most : LATER_PAGE, token));
    const page = (told.runs ?? []).map(tracked);
    seen += page.length;
    runs.push(...page.filter(({ id }) => wish.own || !id.includes("_")));
    token = told.next_page_token;
    if (runs.length >= most || !token || pages === MOST_PAGES) {
      return { runs: runs.slice(0, most), hasMore: Boolean(token) || runs.length > most, seen };
    }
  }
}

/** MLflow's experiments, the newest first. */
export async function groups(): Promise<Group[]> {
  return (await mlflow<{ experiments?: Group[] }>("experiments/search", { max_results: 5000 })).experiments ?? [];
}

/** Runs that were opened within another. */
export async function within(id: string, group: string): Promise<Tracked[]> {
  return (await found({ groups: [group], where: `tags.\`${PARENT}\` = '${id}'`, own: true, sort: "", rising: false }, 200)).runs;
}

/** Names of the metrics and parameters of some runs, those that most of them have first. */
export function columns(runs: Part[], most: number): string[] {
  const counts = new Map<string, number>();
  for (const { metrics, params } of runs) {
    for (const name of [...Object.keys(metrics).map((one) => `metrics.${one}`), ...Object.keys(params).map((one) => `params.${one}`)]) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return [...counts]
    .filter(([name]) => !isSystem(name.slice("metrics.".length)))
    .toSorted(([a, one], [b, other]) => other - one || a.localeCompare(b))
    .slice(0, most)
    .map(([name]) => name)
    .toSorted();
}

/** Parts of a run that say more than the run itself: what scripts opened in its steps, and what steps logged of their own. */
export function logged(run: string, params: Record<string, string>, parts: Part[]): { part: Part; step: string; params: [string, string][] }[] {
  const names = new Map(parts.map(({ id, name }) => [id, name]));
  return parts
    .map((part) => ({
      part,
      step: part.parent && part.parent !== run ? (names.get(part.parent) ?? part.parent) : "",
      params: Object.entries(part.params).filter(([name, value]) => params[name] !== value),
    }))
    .filter(({ part, params: own }) => own.length > 0 || !(part.id === run || part.id.startsWith(run + "_")));
}
