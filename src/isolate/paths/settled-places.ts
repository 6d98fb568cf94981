/** Owns what the policy's `settle` says of include lines: the token is the path as written. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { IsolationPlan } from "../../model/isolation.js";
import type { OpenPlace } from "../decide/macro-model.js";
import { lineAt } from "../engine/rewrite.js";
import { anyPathGlob } from "../path-glob.js";
import type { OpenInclude } from "./judge-places.js";

export interface SettledPlaces {
  readonly renamed: readonly OpenInclude[];
  readonly open: readonly OpenPlace[];
}

/** `paths` are the tree's files by index. */
export function settledPlaces(
  root: string,
  open: readonly OpenInclude[],
  rules: IsolationPlan["settle"],
  paths: readonly string[],
): SettledPlaces {
  const settle = rules.map((rule) => ({ rule, covers: anyPathGlob([rule.file]) }));
  const verdict = (place: OpenInclude): "rename" | "leave" | undefined =>
    settle.find(({ rule, covers }) => {
      if (rule.token !== place.path || !covers(place.from)) return false;
      return rule.line === undefined || rule.line === lineAt(readFileSync(join(root, paths[place.at] as string)), place.offset);
    })?.rule.as;
  const judged = open.map((place) => ({ place, as: verdict(place) }));
  return {
    renamed: judged.flatMap(({ place, as }) => (as === "rename" ? [place] : [])),
    open: judged.flatMap(({ place: { at, offset, path, why }, as }) => (as === undefined ? [{ file: at, offset, token: path, why }] : [])),
  };
}
