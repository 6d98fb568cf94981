/** Owns which of the driver's calls are about what changed, and the numbers that changed lines name. */
import { diffApi } from "../../api/diff/diff-api.js";
import type { ApiCall } from "../../shim/catching/calls.js";
import type { ChangedWords } from "../../shim/catching/driver-text.js";
import type { ProjectApi } from "./api-driver.js";

/** Calls whose declaration, or that of their class or a type of theirs, is another one in latest. */
export function callsOfChangedApi({ snapshots, map }: ProjectApi, taken: readonly ApiCall[]): Set<ApiCall> {
  const [legacy, latest] = snapshots;
  const flavors = { legacy: "legacy", latest: "latest" };
  const { items } = diffApi({ file: "legacy", snapshot: legacy }, { file: "latest", snapshot: latest }, map, flavors);
  const changed = new Set(items.filter(({ status }) => status !== "same" && status !== "renamed").map(({ name }) => name));
  return new Set(taken.filter(({ common }) => changed.has(common)));
}

/** Whether a name out of a diff's head means this call: `Level` or `Meter::Level`. */
export function isNamed({ common }: Pick<ApiCall, "common">, functions: readonly string[]): boolean {
  return functions.some((name) => common === name || common.endsWith(`::${name}`));
}

const MOST_WORDS = 400;
const NUMBER = /(?<![\w.])(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)/g;

/** Numbers in lines that were added or removed; those inside words do not count. */
export function wordsIn(diff: string): ChangedWords {
  const lines = diff.split("\n").filter((line) => /^[-+](?![-+]{2})/.test(line) && line.length < 500);
  const found = [...lines.join("\n").matchAll(NUMBER)];
  const numbers = found.map(([text]) => Number(text)).filter((value) => Number.isFinite(value) && value > 1);
  const most = [...new Set(numbers)].slice(0, MOST_WORDS);
  const whole = most.filter((value) => Number.isSafeInteger(value));
  return { whole: whole.map(String), parts: most.map((value) => (Number.isInteger(value) ? `${value}.0` : String(value))) };
}
