import { link, parse } from "./address";

export { link } from "./address";

/** Where the person is: the part of the address after `#`, so that every view has a link under any prefix. */
export const here = $state({ route: parse(location.hash) });

addEventListener("hashchange", () => {
  here.route = parse(location.hash);
});

/** Changes choices of this view in place; the way back leaves the view, not the choice. */
export function choose(choices: Record<string, string | undefined>): void {
  const { view, id, query } = here.route;
  const hash = link(view, id, { ...Object.fromEntries(query), ...choices });
  history.replaceState(null, "", hash);
  here.route = parse(hash);
}
