/** Asks the server. Addresses are relative to the page, which may lie below a proxy's prefix. */

import { events, texts, type ServerEvent } from "./events";

const API = "api/v1/";
const KEY = "ferry-session " + location.pathname;

/** What went wrong, in the server's own words. */
export class Problem extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly help: string[] = [],
  ) {
    super(message);
  }
}

/** Told by a view that wants to know when the server does not know this page any more. */
let onSignedOut = () => {};

export function whenSignedOut(told: () => void): void {
  onSignedOut = told;
}

export function isSignedIn(): boolean {
  return localStorage.getItem(KEY) !== null;
}

/** Gives the code of a one-time link back, for a token that this page alone holds. An older token says nothing here. */
export async function signIn(code: string): Promise<void> {
  const answer = await checked(await reach(API + "session", asking("POST", null, { code })), null);
  localStorage.setItem(KEY, ((await answer.json()) as { token: string }).token);
}

export async function get<T>(path: string): Promise<T> {
  return (await (await send("GET", path)).json()) as T;
}

export async function post<T>(path: string, body: unknown = {}): Promise<T> {
  return (await (await send("POST", path, body)).json()) as T;
}

/** Asks in MLflow's words, which the same server understands. */
export async function mlflow<T>(path: string, body?: unknown): Promise<T> {
  const answer = await send(body === undefined ? "GET" : "POST", path, body, undefined, "application/json", "api/2.0/mlflow/");
  return (await answer.json()) as T;
}

export async function put<T>(path: string): Promise<T> {
  return (await (await send("PUT", path)).json()) as T;
}

export async function remove<T>(path: string): Promise<T> {
  return (await (await send("DELETE", path)).json()) as T;
}

/** Bytes of a file, and how many it has in all. */
export async function bytesOf(path: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; size: number }> {
  const answer = await send("GET", path, undefined, undefined, "application/octet-stream");
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return { bytes, size: Number(answer.headers.get("X-Ferry-Size") ?? bytes.length) };
}

/** What follows a question mark; to the server a plus sign is a plus sign. */
export function query(words: Record<string, string | number | boolean | undefined>): string {
  const pairs = Object.entries(words).filter(([, value]) => value !== undefined && value !== "" && value !== false);
  const text = pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`).join("&");
  return text && "?" + text;
}

/** Follows server-sent events until the answer ends or the signal tells to stop. */
export async function* follow(path: string, signal: AbortSignal): AsyncGenerator<ServerEvent> {
  const answer = await send("GET", path, undefined, signal, "text/event-stream");
  if (answer.body) {
    yield* events(answer.body);
  }
}

/** Follows a text as it grows until it is complete or the signal tells to stop. */
export async function* followText(path: string, signal: AbortSignal): AsyncGenerator<string> {
  const answer = await send("GET", path, undefined, signal, "text/plain");
  if (answer.body) {
    yield* texts(answer.body);
  }
}

async function send(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
  accept = "application/json",
  api = API,
): Promise<Response> {
  const token = localStorage.getItem(KEY);
  const answer = await reach(api + path, asking(method, token, body, signal, accept));
  const newer = localStorage.getItem(KEY);
  if (answer.status !== 401 || newer === null || newer === token) {
    return checked(answer, token);
  }
  return checked(await reach(api + path, asking(method, newer, body, signal, accept)), newer); // somebody signed in meanwhile
}

function asking(method: string, token: string | null, body?: unknown, signal?: AbortSignal, accept = "application/json"): RequestInit {
  const headers: Record<string, string> = { Accept: accept };
  if (token) {
    headers["Authorization"] = "Bearer " + token;
  }
  const request: RequestInit = { method, headers, cache: "no-store" };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(body);
  }
  if (signal) {
    request.signal = signal;
  }
  return request;
}

async function reach(address: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request);
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === "AbortError") {
      throw failure;
    }
    throw new Problem("The server does not answer.", 0, ["It ends when nobody needs it: `ferry ui` starts it again."]);
  }
}

/** The answer, where it is a good one. That a token is not known takes away that token, and no other. */
async function checked(answer: Response, token: string | null): Promise<Response> {
  if (answer.ok) {
    return answer;
  }
  if (answer.status === 401 && token !== null && localStorage.getItem(KEY) === token) {
    localStorage.removeItem(KEY);
    onSignedOut();
  }
  throw await problem(answer);
}

async function problem(answer: Response): Promise<Problem> {
  try {
    const told = (await answer.json()) as { error?: { message: string; help?: string[] }; message?: string };
    const message = told.error?.message ?? told.message;
    if (message) {
      return new Problem(message, answer.status, told.error?.help);
    }
  } catch {
    // then the status says it
  }
  return new Problem(`The server answered ${answer.status} ${answer.statusText}.`, answer.status);
}
