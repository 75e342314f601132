/** Where the person is: the part of the address after `#`, so that every view has a link under any prefix. */

export interface Route {
  /** The view's name. */
  view: string;
  /** What it shows, where it shows one thing. */
  id: string;
  /** Choices within the view, like a filter or the step whose log is open. */
  query: URLSearchParams;
}

export const here = $state({ route: parse(location.hash) });

addEventListener("hashchange", () => {
  here.route = parse(location.hash);
});

export function parse(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [view = "", ...id] = path.split("/");
  return { view: view || "runs", id: decodeURIComponent(id.join("/")), query: new URLSearchParams(query) };
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

/** Changes choices of this view in place; the way back leaves the view, not the choice. */
export function choose(choices: Record<string, string | undefined>): void {
  const { view, id, query } = here.route;
  const hash = link(view, id, { ...Object.fromEntries(query), ...choices });
  history.replaceState(null, "", hash);
  here.route = parse(hash);
}
