/** Owns how a component's both flavors are shown to code outside of it. */
import { basename, join } from "node:path";

import { bothHeader } from "./both-header.js";
import { cBothHeader } from "./c/c-both-header.js";
import { takeCSurface } from "./c/take-surface.js";
import type { Component } from "./component.js";
import { flavoredMacros, readOnce } from "./find-clashes.js";
import type { FlavoredNames, InjectFinding, InjectRequest } from "./model.js";
import { reachOf } from "./reach.js";
import { allWords } from "./words.js";

/** The header of both flavors, and what keeps public headers out of it. */
export interface Both {
  /** None where no public header can be shown. */
  readonly text: string | undefined;
  readonly shown: readonly string[];
  readonly findings: readonly InjectFinding[];
  /** It cannot be read as it is: a finding says why. */
  readonly unread: boolean;
  readonly languages: readonly ("c" | "c++")[];
}

/** By reading the public headers once per flavor. */
export function cxxBoth({ files, publicHeaders }: Component, request: InjectRequest, names: FlavoredNames): Both {
  const reach = reachOf(files, publicHeaders, request);
  const once = readOnce(reach.own);
  return {
    text: reach.clean.length === 0 ? undefined : bothText(request, names, reach),
    shown: reach.clean,
    findings: [...reach.leaks, ...once, ...flavoredMacros(reach.own, allWords(names))],
    unread: once.length > 0,
    languages: ["c++"],
  };
}

/** By what the public headers declare. */
export async function cBoth(
  { files, publicHeaders }: Component,
  request: InjectRequest,
  names: FlavoredNames,
  scratch: string,
): Promise<Both> {
  const shown = publicHeaders.map(({ path }) => path);
  const surface = await takeCSurface(request, shown, names.own, join(scratch, "plain"));
  const { before } = reachOf(files, publicHeaders, request);
  return { text: cBothHeader(request, surface, before), shown, findings: surface.leaks, unread: false, languages: ["c", "c++"] };
}

function bothText(request: InjectRequest, names: FlavoredNames, { clean, own, before }: ReturnType<typeof reachOf>): string {
  const guards = own.flatMap(({ guard }) => (guard === undefined ? [] : [guard]));
  return bothHeader(request, names, { before, guards, headers: clean.map((path) => `${basename(request.folder)}/${path}`) });
}
