/** Which rows of a long list are drawn: those in sight, and some on either side. */
export interface Window {
  first: number;
  last: number;
  /** Heights of what is not drawn, in pixels. */
  above: number;
  below: number;
}

const MARGIN = 10;

export function inSight(count: number, rowHeight: number, scrolled: number, height: number): Window {
  const first = Math.max(0, Math.min(count, Math.floor(scrolled / rowHeight) - MARGIN));
  const last = Math.min(count, Math.ceil((scrolled + height) / rowHeight) + MARGIN);
  return { first, last, above: first * rowHeight, below: Math.max(0, count - last) * rowHeight };
}

/** How many rows `inSight` has at most, wherever it is scrolled to. */
export function mostInSight(rowHeight: number, height: number): number {
  return Math.ceil(height / rowHeight) + 1 + 2 * MARGIN;
}
