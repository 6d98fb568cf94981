/** Owns the identifiers that begin with a renamed namespace's word and stay as they are. */
import type { IsolationScan, ScanNamespace } from "../../model/isolation-scan.js";
import { byText } from "../../support/order.js";
import type { ReadTree } from "./read-tree.js";

/** `webrtc_win` beside `webrtc`, `rtcp` beside `rtc`: most frequent first. */
export function lookAlikesOf(
  { reader: { interner, mentions } }: ReadTree,
  namespaces: readonly ScanNamespace[],
  renamed: IsolationScan["renames"]["names"],
): IsolationScan["lookAlikes"] {
  const words = namespaces.filter(({ verdict }) => verdict === "renamed").map(({ name }) => name);
  if (words.length === 0) return [];
  const own = new Set([...words, ...renamed.map(({ name }) => name)]);
  const begins = new RegExp(`^(${words.join("|")})(_|[a-z0-9])`);
  const found: { name: string; count: number }[] = [];
  for (let id = 0; id < interner.size(); id++) {
    const count = mentions[id] as number;
    if (count === 0) continue;
    const name = interner.name(id);
    if (begins.test(name) && !own.has(name)) found.push({ name, count });
  }
  return found.toSorted((a, b) => b.count - a.count || byText(a.name, b.name));
}
