/** Owns which items of the snapshots a surface names by itself; what those need comes on top. */
import type { ApiPair } from "../../api/diff/pair.js";
import type { ShimSurface } from "../../model/shim-surface.js";
import { isOfInstance } from "./instances/instance-words.js";
import { UnforkError } from "../../support/errors.js";
import { nearest } from "../../support/nearest.js";
import type { SurfacePlace } from "./check-surface.js";

/** Whether a name, or a scope around it, is one of the patterns; `*` stands for any part of a word. */
export function matcher(patterns: readonly string[]): (name: string) => boolean {
  if (patterns.length === 0) return () => false;
  const tests = patterns.map((pattern) => new RegExp(`^${pattern.split("*").map(quoted).join("\\w*")}(?:$|::)`));
  return (name) => tests.some((test) => test.test(name));
}

function quoted(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&");
}

/** Throws `input-invalid` naming a header or name that no snapshot has. */
export function rootsOf(
  pairs: readonly ApiPair[],
  surface: ShimSurface,
  isExcluded: (name: string) => boolean,
  asked: ReadonlySet<string>,
  place: SurfacePlace,
): ApiPair[] {
  const unseen = new Set([...surface.headers, ...surface.names]);
  const names = surface.names.map((name) => ({ name, matches: matcher([name]) }));
  const all = surface.headers.length === 0 && surface.names.length === 0;
  const roots = pairs.filter((pair) => {
    const headers = surface.headers.filter((header) => isIn(pair, header));
    const named = names.filter(({ matches }) => matches(pair.name));
    for (const header of headers) unseen.delete(header);
    for (const { name } of named) unseen.delete(name);
    // An instance comes with what uses it, or where it is asked for.
    if (isOfInstance(pair.name)) return asked.has(pair.name) && !isExcluded(pair.name);
    const byHeader = (all || headers.length > 0) && !isInternal(pair.name);
    return (byHeader || named.length > 0) && !isExcluded(pair.name);
  });
  const [missing] = unseen;
  if (missing !== undefined) throw unseenError(missing, pairs, surface, place);
  return roots;
}

function unseenError(missing: string, pairs: readonly ApiPair[], { headers, names }: ShimSurface, place: SurfacePlace): UnforkError {
  const isHeader = headers.includes(missing);
  const path = isHeader ? ["headers", headers.indexOf(missing)] : ["names", names.indexOf(missing)];
  const files = pairs.flatMap(({ legacy, latest }) => [legacy, latest].flatMap((one) => (one === null ? [] : [one.place.file])));
  const near = nearest(missing, isHeader ? [...new Set(files)] : pairs.map(({ name }) => name));
  const meant = near === undefined ? "" : ` (did you mean '${near}'?)`;
  return new UnforkError(
    "input-invalid",
    `${place(path)}: neither snapshot has ${isHeader ? "a header" : "what is called"} ${missing}${meant}`,
    {
      hint: "headers as they stand below the snapshots' roots, names as both releases have them in common: unfork api diff lists them",
      context: { symbol: missing },
    },
  );
}

/** What libraries keep to themselves though it stands in their headers; it may be named. */
function isInternal(name: string): boolean {
  return /(?:^|::)(?:detail|details|impl|internal|internals|_impl|priv|private_)::/.test(name);
}

/** `audio_processing.h` may be given by any end of its path. */
function isIn({ legacy, latest }: ApiPair, header: string): boolean {
  return [legacy, latest].some((one) => one !== null && (one.place.file === header || one.place.file.endsWith(`/${header}`)));
}
