/** Colours for what is drawn on a canvas, which knows no custom properties. */

const dark = matchMedia("(prefers-color-scheme: dark)");

/** Told again when the person changes from light to dark. */
export const theme = $state({ dark: dark.matches });
dark.addEventListener("change", () => (theme.dark = dark.matches));

/** The n-th of many colours that are told apart; the first ten most easily, also by those who see few colours. */
export function colour(index: number, isDark: boolean): string {
  const light = ["#0b6e8a", "#c2410c", "#6d28d9", "#15803d", "#be185d", "#1d4ed8", "#a16207", "#4b5563", "#0f766e", "#9f1239"];
  const bright = ["#56c3de", "#fb923c", "#b794f6", "#5cc97b", "#f472b6", "#7ba8ff", "#e0ae4f", "#aab4c0", "#4fd1c0", "#fb7185"];
  return (isDark ? bright : light)[index] ?? `hsl(${(index * 137.5) % 360} 55% ${isDark ? 66 : 42}%)`;
}

/** From the best (0) in the page's own colour to the worst (1), which fades away. */
export function ranked(rank: number, isDark: boolean): string {
  const alpha = 0.95 - 0.77 * Math.sqrt(rank);
  return isDark ? `rgb(86 195 222 / ${alpha})` : `rgb(11 110 138 / ${alpha})`;
}

export const inks = {
  text: (isDark: boolean) => (isDark ? "#9aa7b5" : "#556070"),
  grid: (isDark: boolean) => (isDark ? "#2a323b" : "#e8ecf0"),
  chosen: (isDark: boolean) => (isDark ? "#ffb454" : "#b45309"),
};
