import { key } from "./settings.ts";

// localStorage where the browser allows it, otherwise a memory that ends with the page. Reading `localStorage` alone throws where
// storage is blocked; writing throws when it is full.

/** Two tenants may share an origin. */
const prefix = `nexora.${key?.slice(-8)}.`;
const memory = new Map<string, string>();

export function read(name: string): string | undefined {
  try {
    return localStorage.getItem(prefix + name) ?? memory.get(name);
  } catch {
    return memory.get(name);
  }
}

/** Only what this script has written, so its shape is known. */
export const readJson = (name: string): unknown => JSON.parse(read(name) ?? "null");

/** Undefined removes. */
export function write(name: string, text?: string): void {
  memory.delete(name);
  try {
    localStorage.removeItem(prefix + name);
    if (text) localStorage.setItem(prefix + name, text);
  } catch {
    if (text) memory.set(name, text);
  }
}

/** The names that are stored and begin so, sorted. */
export function storedNames(start: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(prefix + start))
      .map((name) => name.slice(prefix.length))
      .sort();
  } catch {
    return [];
  }
}
