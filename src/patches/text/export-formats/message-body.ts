/** Owns the body of an exported patch: its words, and the trailers that they lack. */
import { trailersOf } from "../message.js";
import type { Fields } from "../text-patch.js";

/** The body, with those trailers in its last paragraph that it does not hold. */
export function messageBody({ body, trailers }: { readonly body: string; readonly trailers: Fields }): string {
  const held = trailersOf(body);
  const missing = [...trailers].flatMap(([name, values]) =>
    values.filter((value) => !holds(held, name, value)).map((value) => trailerLine(name, value)),
  );
  if (missing.length === 0) return body;
  const gap = body === "" ? "" : held.size > 0 ? "\n" : "\n\n";
  return `${body}${gap}${missing.join("\n")}`;
}

function holds(held: Fields, name: string, value: string): boolean {
  return [...held].some(([other, values]) => other.toLowerCase() === name.toLowerCase() && values.includes(value));
}

function trailerLine(name: string, value: string): string {
  return name === "cherry-picked-from" ? `(cherry picked from commit ${value})` : `${name}: ${value}`;
}
