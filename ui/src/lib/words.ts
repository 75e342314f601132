/** Times and sizes as people read them. */

export function duration(millis: number): string {
  const seconds = millis / 1000;
  if (seconds < 10) {
    return seconds.toFixed(1) + " s";
  }
  if (seconds < 60) {
    return Math.round(seconds) + " s";
  }
  const whole = Math.round(seconds);
  const parts: [number, string][] = [
    [Math.floor(whole / 86400), "d"],
    [Math.floor(whole / 3600) % 24, "h"],
    [Math.floor(whole / 60) % 60, "m"],
    [whole % 60, "s"],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .map(([count, unit]) => count + unit)
    .join(" ");
}

/** From one moment to another, or to now where the other has not come. */
export function lasted(from: string | undefined, to: string | undefined, now: number): string {
  return from ? duration(Math.max(0, (to ? Date.parse(to) : now) - Date.parse(from))) : "";
}

export function ago(moment: string, now: number): string {
  const seconds = (now - Date.parse(moment)) / 1000;
  if (seconds < 5) {
    return "now";
  }
  const steps: [number, string][] = [
    [60, "s"],
    [3600, "min"],
    [86400, "h"],
    [86400 * 30, "d"],
  ];
  const divisors = [1, 60, 3600, 86400];
  for (const [index, [limit, unit]] of steps.entries()) {
    if (seconds < limit) {
      return Math.floor(seconds / divisors[index]!) + " " + unit + " ago";
    }
  }
  return dayFormat.format(new Date(moment));
}

export function bytes(count: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  let size = count;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return (unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)) + " " + units[unit];
}

/** Made once: to make one takes longer than to draw a row of a table. */
const dayFormat = new Intl.DateTimeFormat();
const momentStyle = { dateStyle: "medium", timeStyle: "medium" } as const;
const momentFormat = new Intl.DateTimeFormat(undefined, momentStyle);

export function moment(text: string): string {
  return momentFormat.format(new Date(text));
}

/** A moment as the clocks of a time zone show it, with the zone; as they do here where the browser does not know it. */
export function momentIn(text: string, timeZone: string): string {
  try {
    return new Intl.DateTimeFormat(undefined, { ...momentStyle, timeZone }).format(new Date(text)) + ", " + timeZone;
  } catch {
    return moment(text);
  }
}
