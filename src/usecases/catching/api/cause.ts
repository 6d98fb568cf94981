/** Owns what names the cause of a difference between two results: the function, the way it shows, and the place in the result. */
import { sha256 } from "../../../support/hash.js";

export interface Results {
  readonly legacy: string;
  readonly latest: string;
}

/** Equal for cases that show the same fault. */
export function causeOf(name: string, { legacy, latest }: Results): string {
  const ways = [wayOf(legacy), wayOf(latest)];
  if (!isPlain(ways)) return keyOf([name, ...ways]);
  const { getter, field } = lastShown(legacy, latest);
  // What an object says of itself is one cause, whoever asks or made it so.
  const asked = getter ?? /^(.*\w::\w+)\(\) const$/.exec(name)?.[1];
  return keyOf(asked === undefined ? [name, ...ways, field] : ["says", asked, field]);
}

function keyOf(parts: readonly string[]): string {
  return sha256(parts.join("\n")).slice(0, 8);
}

function isPlain(ways: readonly string[]): boolean {
  return ways.every((way) => way === "value");
}

/** The part of a result that texts say nothing of but its kind. */
export function wayOf(result: string): string {
  if (result.startsWith("throws ")) return "throws";
  return /^hangs|^ends [^:]*/.exec(result)?.[0] ?? "value";
}

/** What is named last in front of the first difference: a field, and the function `ns::C::f()` that gave it. */
function lastShown(legacy: string, latest: string): { readonly getter: string | undefined; readonly field: string } {
  const before = legacy.slice(0, firstDifference(legacy, latest)).replaceAll(/"(?:[^"\\]|\\.)*"/g, "");
  const getter = [...before.matchAll(/([\w:]+)\(\) = /g)].at(-1);
  const field = /^.*\.(\w+) = /s.exec(before.slice(getter?.index ?? 0))?.[1] ?? "";
  return { getter: getter?.[1], field };
}

function firstDifference(one: string, other: string): number {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  return same;
}

const AROUND = 60;

/** Both results, long ones cut to what is around the first difference. */
export function shortResults({ legacy, latest }: Results): Results {
  const at = firstDifference(legacy, latest);
  return { legacy: around(legacy, at), latest: around(latest, at) };
}

function around(text: string, at: number): string {
  const from = text.length <= 2 * AROUND ? 0 : Math.max(0, at - AROUND);
  const to = text.length <= 2 * AROUND ? text.length : at + AROUND;
  return `${from > 0 ? "…" : ""}${text.slice(from, to)}${to < text.length ? "…" : ""}`;
}

/** A call, cut in the middle where it is long. */
export function shortCall(call: string): string {
  return call.length <= 300 ? call : `${call.slice(0, 160)} … ${call.slice(-120)}`;
}
