/** Owns the address and revision that a key of a DEPS file pins (depot_tools' gclient: "url@revision"). */
import { UnforkError } from "../support/errors.js";
import { type DepsValue, parseDeps } from "./deps-file.js";

export interface DepsPin {
  readonly url: string;
  readonly revision: string;
}

/** The pin of `key`. Throws `input-invalid` naming the key and what stands there instead. */
export function depsPin(text: string, key: string): DepsPin {
  const file = parseDeps(text);
  const value = file.deps.get(key);
  if (value === undefined) throw invalidPin(key, `is not in the DEPS file (it has ${nearKeys(file.deps, key)})`);
  const pinned = typeof value === "object" && value.kind === "dict" ? value.entries.get("url") : value;
  if (typeof pinned !== "string") throw invalidPin(key, `is no git repository there: ${shown(pinned ?? value)}`);
  const expanded = expand(pinned, file.vars, key);
  const at = expanded.lastIndexOf("@");
  if (at === -1 || !expanded.includes("://")) throw invalidPin(key, `is not "address@revision" there: ${expanded}`);
  return { url: expanded.slice(0, at), revision: expanded.slice(at + 1) };
}

/** gclient replaces {name} by the variable's value. */
function expand(text: string, vars: ReadonlyMap<string, DepsValue>, key: string): string {
  return text.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = vars.get(name);
    if (typeof value === "string") return value;
    throw invalidPin(key, `uses the variable ${name}, which the DEPS file does not define as a string`);
  });
}

function nearKeys(deps: ReadonlyMap<string, DepsValue>, key: string): string {
  const last = key.split("/").at(-1) ?? key;
  const keys = [...deps.keys()];
  const near = keys.filter((candidate) => candidate.endsWith(`/${last}`));
  return (near.length > 0 ? near : keys).slice(0, 5).join(", ") || "no deps at all";
}

function shown(value: DepsValue): string {
  if (typeof value === "string") return value;
  if (value.kind === "dict") return `a dict with ${[...value.entries.keys()].join(", ") || "no keys"}`;
  return value.text;
}

export function invalidPin(key: string, what: string): UnforkError {
  return new UnforkError("input-invalid", `DEPS: "${key}" ${what}`, {
    hint: "look at upstream's DEPS file, and correct the key",
    context: { key },
  });
}
