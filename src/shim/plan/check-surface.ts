/** Owns what is wrong with a surface once the snapshots are known: names that nothing has, and types of the library in the shim's header. */
import type { ApiPair } from "../../api/diff/pair.js";
import { withoutSuffix } from "../../api/common-name.js";
import type { ShimSurface } from "../../model/shim-surface.js";
import { UnforkError } from "../../support/errors.js";
import { nearest } from "../../support/nearest.js";
import type { BySide } from "./model.js";
import type { PairIndex } from "./pair-index.js";

/** Where a key of the surface is written: `surface.yaml:3: kinds.my::Foo`. */
export type SurfacePlace = (path: readonly (string | number)[]) => string;

interface Problem {
  readonly path: readonly (string | number)[];
  readonly what: string;
}

/** Throws `input-invalid` with every problem by its place. */
export function wantSoundSurface(surface: ShimSurface, index: PairIndex, flavors: readonly [string, string], place: SurfacePlace): void {
  const problems = [...unknownNames(surface, index), ...leaks(surface, index, flavors)];
  if (problems.length === 0) return;
  const size = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  throw new UnforkError(
    "input-invalid",
    [`the surface has ${size}:`, ...problems.map((one) => `  ${place(one.path)}: ${one.what}`)].join("\n"),
    {
      hint: "names as both releases have them in common (unfork api diff lists them); types by hand as the shim names them",
    },
  );
}

/** A decision about something that is not there is a misspelled one. */
function unknownNames({ kinds, onUnknownOf, flags }: ShimSurface, { types, pairs }: PairIndex): Problem[] {
  const named = (kind: ApiPair["kind"]): string[] => pairs.filter((pair) => pair.kind === kind).map(({ name }) => name);
  const [classes, enums] = [named("class"), named("enum")];
  const owners = new Set([...classes, ...enums]);
  function unknown(path: readonly (string | number)[], name: string, valid: readonly string[], what: string): Problem[] {
    if (valid.includes(name)) return [];
    const other = types.get(name);
    if (other !== undefined) return [{ path, what: `${name} is no ${what}` }];
    const near = nearest(name, valid);
    return [
      {
        path,
        what: `neither snapshot has ${what === "enumeration" ? "an" : "a"} ${what} ${name}${near === undefined ? "" : ` (did you mean '${near}'?)`}`,
      },
    ];
  }
  return [
    ...Object.keys(kinds).flatMap((name) => unknown(["kinds", name], name, classes, "class")),
    ...flags.flatMap((name, at) => unknown(["flags", at], name, enums, "enumeration")),
    ...Object.keys(onUnknownOf)
      .filter((name) => !owners.has(name.slice(0, name.lastIndexOf("::"))))
      .flatMap((name) => unknown(["onUnknownOf", name], name, enums, "enumeration")),
  ];
}

/** The shim's header includes no header of either release, so it cannot name a type of the library's own. */
function leaks({ byHand, types, library, namespace }: ShimSurface, { pairs }: PairIndex, flavors: readonly [string, string]): Problem[] {
  const outer = namespace ?? library;
  const roots = new Set([outer, ...flavors.map((flavor) => `${outer}_${flavor}`)]);
  const written = [
    ...byHand.flatMap(({ result, parameters }, at) => [
      { path: ["byHand", at, "result"], text: result },
      ...parameters.map((text, index) => ({ path: ["byHand", at, "parameters", index], text })),
    ]),
    ...Object.entries(types).map(([name, text]) => ({ path: ["types", name], text })),
  ];
  return written.flatMap(({ path, text }) => {
    const chains = text.match(/(?<![\w:])(?:::)?[A-Za-z_]\w*(?:::[A-Za-z_]\w*)+/g) ?? [];
    const leaked = chains.map((chain) => chain.replace(/^::/, "")).find((chain) => roots.has(chain.slice(0, chain.indexOf("::"))));
    if (leaked === undefined) return [];
    const common = withoutSuffix(withoutSuffix(leaked, flavors[0]), flavors[1]);
    const declared = placeOf(pairs.find(({ name }) => name === common));
    const own = common.slice(common.indexOf("::") + 2);
    const instead = path[0] === "byHand" ? `; the shim's is called ${own}` : "";
    return [{ path, what: `${leaked} is the library's own${declared}, and the shim's header includes no header of it${instead}` }];
  });
}

function placeOf(pair: ApiPair | undefined): string {
  const sides: BySide<{ readonly place: { readonly file: string; readonly line: number } }> = [pair?.legacy ?? null, pair?.latest ?? null];
  const found = sides[1] ?? sides[0];
  return found === null ? "" : ` (${found.place.file}:${found.place.line})`;
}
