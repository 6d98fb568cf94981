/**
 * Owns reading callgrind's output: instructions by function, without those of what it calls.
 * Format: valgrind's manual, "Callgrind Format Specification", version 1 (name compression, subposition compression).
 */
import { UnforkError } from "../../support/errors.js";

export interface Profile {
  /** Instructions of the whole run. */
  readonly total: number;
  /** Instructions of each function's own code, by its name. Functions of one name in several objects are added up. */
  readonly functions: ReadonlyMap<string, number>;
}

/** Reads a profile with the one event Ir. Throws `input-invalid` when the text is no such profile. */
export function parseProfile(text: string, file: string): Profile {
  const names = new Map<string, string>();
  const functions = new Map<string, number>();
  let current: string | undefined;
  let isCall = false;
  let total = 0;
  for (const line of text.split("\n")) {
    if (line.startsWith("fn=")) current = nameOf(line.slice(3), names);
    else if (line.startsWith("cfn=")) nameOf(line.slice(4), names);
    else if (line.startsWith("calls=")) isCall = true;
    else if (line.startsWith("summary:") || line.startsWith("totals:")) total ||= Number(line.slice(line.indexOf(":") + 1));
    else if (/^[0-9+*-]/.test(line)) {
      // The line behind `calls=` is the cost of the called.
      if (!isCall && current !== undefined) functions.set(current, (functions.get(current) ?? 0) + costOf(line));
      isCall = false;
    }
  }
  if (!(total > 0) || functions.size === 0)
    throw new UnforkError("input-invalid", `${file} is not a profile of callgrind's`, {
      hint: "run the comparison again",
      context: { file },
    });
  return { total, functions };
}

/** "(12) name" defines a number, "(12)" uses it. */
function nameOf(text: string, names: Map<string, string>): string {
  const match = /^\((\d+)\)(?: (.*))?$/.exec(text);
  if (match === null) return text;
  const [, number = "", name] = match;
  if (name !== undefined) names.set(number, name);
  return name ?? names.get(number) ?? "?";
}

/** "line cost", a line being absolute, relative (+n, -n) or the same (*). */
function costOf(line: string): number {
  const cost = Number(line.slice(line.lastIndexOf(" ") + 1));
  return Number.isFinite(cost) ? cost : 0;
}
