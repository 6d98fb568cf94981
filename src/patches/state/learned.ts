/**
 * Owns what a port teaches of its patches, for the cards of their features: which upstream has, by which commit
 * (`learned/<patch>.json`), and what was in conflict (`conflicts/<patch id>/…`).
 */
import { shownBytes } from "../../git/bytes.js";
import type { PortRun, RunResult } from "../alone/run-port.js";
import { canonicalJson } from "../../support/hash.js";
import { conflictName, sidesName } from "./resolutions.js";

/** What upstream's commit is by the last port that asked; one that says otherwise takes it back. */
export async function learn({ state: { files }, port }: PortRun, { patches, met }: RunResult, name: string): Promise<void> {
  const known = port.upstreamed === null ? [] : await files.list("learned");
  for (const { patch, status, upstream } of patches) {
    const file = `${patch}.json`;
    if (status === "upstreamed" && upstream !== undefined)
      await files.set(`learned/${file}`, `${canonicalJson({ upstream, onto: port.onto }, 2)}\n`);
    else if (known.includes(file)) await files.set(`learned/${file}`, null);
    const found = status === "conflict" ? met.get(patch) : undefined;
    for (const conflict of found?.conflicts ?? []) {
      const folder = `conflicts/${found?.patchId}`;
      await files.set(`${folder}/${sidesName(conflict)}`, null);
      await files.set(`${folder}/${conflictName(conflict)}`, `${name} ${shownBytes(conflict.path)}\n`);
    }
  }
}
