/** Owns files and lines of a dump: clang writes each only where it differs from the one before. */
import type { BareLocation } from "./nodes.js";

export interface LocationState {
  file: string;
  line: number;
}

/** Fills in all places of a value, in the order in which they were written. */
export function fillLocations(value: unknown, state: LocationState): void {
  if (Array.isArray(value)) for (const one of value) fillLocations(one, state);
  else if (typeof value === "object" && value !== null) {
    if ("offset" in value && "col" in value) fill(value as BareLocation, state);
    else for (const key of Object.keys(value)) if (key !== "includedFrom") fillLocations((value as Record<string, unknown>)[key], state);
  }
}

function fill(location: BareLocation, state: LocationState): void {
  state.file = location.file ?? state.file;
  state.line = location.line ?? state.line;
  location.file = state.file;
  location.line = state.line;
}

/** What the last place of a text that is not parsed leaves behind. */
export function skipLocations(text: Buffer, state: LocationState): void {
  const file = lastFile(text);
  if (file !== undefined) state.file = file;
  const at = text.lastIndexOf('"line": ');
  if (at !== -1) state.line = Number.parseInt(text.toString("latin1", at + 8, at + 20), 10);
}

function lastFile(text: Buffer): string | undefined {
  for (let at = text.lastIndexOf('"file": "'); at !== -1; at = at === 0 ? -1 : text.lastIndexOf('"file": "', at - 1)) {
    const before = text.toString("latin1", Math.max(0, at - 60), at);
    if (/"includedFrom": \{\s*$/.test(before)) continue;
    const end = text.indexOf("\n", at);
    // One that is cut off comes whole with the next piece.
    if (end !== -1) return JSON.parse(text.toString("utf8", at + 8, end).replace(/,\s*$/, "")) as string;
  }
  return undefined;
}

/** How many bytes of an element hold its own place for sure. */
export const HEAD_SIZE = 16_384;

/** The file of an element by the text of its start, or undefined where it is the one before. */
export function fileAtStart(text: Buffer): string | undefined {
  const start = text.toString("utf8", 0, Math.min(text.length, HEAD_SIZE));
  const loc = start.indexOf('"loc": {');
  const range = start.indexOf('"range": {');
  if (loc === -1 || range === -1) return undefined;
  const words = start.slice(loc, range).replaceAll(/"includedFrom": \{[^}]*\}/g, "");
  const found = [...words.matchAll(/"file": ("(?:[^"\\]|\\.)*")/g)].at(-1)?.[1];
  return found === undefined ? undefined : (JSON.parse(found) as string);
}
