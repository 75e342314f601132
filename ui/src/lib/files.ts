/** How a file of a run is shown; nothing of it is ever run. */

export type Shown = "text" | "image" | "page" | "nothing";

const IMAGES: Record<string, string> = { png: "image/png", jpg: "image/jpeg", jpeg: "image/jpeg", gif: "image/gif", webp: "image/webp", svg: "image/svg+xml" };
const TEXTS = new Set("txt log md csv tsv json jsonl yaml yml toml ini cfg py sh r jl java sql xml rst mlmodel".split(" "));

/** So much of a text is shown. */
export const MOST_TEXT = 512 * 1024;

/** A picture or a page is shown up to this size. */
export const MOST_WHOLE = 8 * 1024 * 1024;

function ending(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name.includes(".") ? name.slice(name.lastIndexOf(".") + 1).toLowerCase() : name.toLowerCase();
}

export function shownAs(path: string, size: number): Shown {
  const end = ending(path);
  if (end in IMAGES) {
    return size <= MOST_WHOLE ? "image" : "nothing";
  }
  if (end === "html" || end === "htm") {
    return size <= MOST_WHOLE ? "page" : "nothing";
  }
  return TEXTS.has(end) ? "text" : "nothing";
}

/** A picture as an address: within an `img`, no browser runs the script of an SVG. */
export function picture(path: string, bytes: Uint8Array): string {
  let binary = "";
  for (let from = 0; from < bytes.length; from += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(from, from + 0x8000));
  }
  return `data:${IMAGES[ending(path)]};base64,${btoa(binary)}`;
}
