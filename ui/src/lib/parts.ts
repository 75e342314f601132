import type { Part } from "./types";

/** A tracked run that logged a metric, and how it is called beside the others. */
export interface Source {
  id: string;
  label: string;
}

/** Every metric that some of these parts logged, with those that did; what the system measured comes last. */
export function metrics(parts: Part[]): { key: string; sources: Source[] }[] {
  const found = new Map<string, Source[]>();
  for (const part of parts) {
    for (const key of part.keys) {
      const sources = found.get(key) ?? [];
      sources.push({ id: part.id, label: part.name || part.id });
      found.set(key, sources);
    }
  }
  return [...found]
    .map(([key, sources]) => ({ key, sources }))
    .toSorted((a, b) => Number(isSystem(a.key)) - Number(isSystem(b.key)) || a.key.localeCompare(b.key, undefined, { numeric: true }));
}

export function isSystem(key: string): boolean {
  return key.startsWith("system/");
}
