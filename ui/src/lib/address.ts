/** What the part of an address after `#` says. */

export interface Route {
  /** The view's name. */
  view: string;
  /** What it shows, where it shows one thing. */
  id: string;
  /** Choices within the view, like a filter or the step whose log is open. */
  query: URLSearchParams;
}

/** Addresses as Ferry writes them, and as MLflow's clients print them. */
export function parse(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [view = "", ...id] = path.split("/");
  return translated({ view: view || "runs", id: plain(id.join("/")), query: new URLSearchParams(query) });
}

/** MLflow's `experiments/17/runs/ID`, `experiments/17` and `models/NAME/versions/3` are views of other names here. */
function translated(route: Route): Route {
  const [thing = "", kind, part] = route.id.split("/");
  if (route.view === "experiments" && /^\d+$/.test(thing)) {
    return kind === "runs" && part ? { ...route, view: "run", id: part } : { view: "tracked", id: "", query: new URLSearchParams({ experiment: thing }) };
  }
  if (route.view === "models" && thing) {
    return { ...route, view: "model", id: kind === "versions" ? thing : route.id };
  }
  return route;
}

/** What is not encoded as addresses are stays as it was typed. */
function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function link(view: string, id = "", query: Record<string, string | undefined> = {}): string {
  const chosen = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value) {
      chosen.set(name, value);
    }
  }
  const words = chosen.toString();
  return "#/" + view + (id ? "/" + encodeURIComponent(id) : "") + (words ? "?" + words : "");
}

/** Whether a run has its name from a server, as those that scripts open have, or is a step's: Ferry's own are never so. */
export function isTracked(id: string): boolean {
  return /^[0-9a-f]{32}$/.test(id) || id.includes("_");
}
