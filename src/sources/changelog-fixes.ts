/** Owns reading security fixes out of a Debian changelog (deb-changelog(5)): lines that name a CVE, its kind and its component. */
import type { SecurityFix } from "../model/security-fixes.js";
import { beginsWithVersion, compareDebianVersions, upstreamVersion } from "./debian-version.js";

export interface VersionRange {
  /** Entries of this upstream version, or beginning with it, and older ones do not count. */
  readonly above: string;
  /** The newest that count: this upstream version, or the newest beginning with it. */
  readonly upTo: string;
}

const HEAD = /^(\S+) \(([^)]+)\) /;
const ITEM = /^\s+[-*+] (.*)$/;
const CVE = /^(CVE-\d{4}-\d{4,}): (.*)$/;

/** Each CVE once, by the oldest entry in the range that names it; newest first, as the changelog has them. */
export function fixesInChangelog(text: string, range: VersionRange): SecurityFix[] {
  const fixes = new Map<string, SecurityFix>();
  for (const { version, items } of entriesOf(text)) {
    if (!isInRange(version, range)) continue;
    for (const item of items) {
      const [, id, words] = CVE.exec(item) ?? [];
      if (id !== undefined && words !== undefined) fixes.set(id, { id, ...partsOf(words), version });
    }
  }
  return [...fixes.values()];
}

function isInRange(version: string, { above, upTo }: VersionRange): boolean {
  const isAbove = !beginsWithVersion(version, above) && compareDebianVersions(upstreamVersion(version), above) > 0;
  return isAbove && (beginsWithVersion(version, upTo) || compareDebianVersions(upstreamVersion(version), upTo) <= 0);
}

interface Entry {
  readonly version: string;
  /** Its bullets, continued lines joined. */
  readonly items: string[];
}

function entriesOf(text: string): Entry[] {
  const entries: Entry[] = [];
  for (const line of text.split("\n")) {
    const version = HEAD.exec(line)?.[2];
    if (version !== undefined) entries.push({ version, items: [] });
    else takeLine(line, entries.at(-1));
  }
  return entries;
}

function takeLine(line: string, entry: Entry | undefined): void {
  if (entry === undefined || line.trim() === "" || line.startsWith(" --")) return;
  const item = ITEM.exec(line)?.[1];
  if (item !== undefined) entry.items.push(item.trim());
  else if (entry.items.length > 0) entry.items.push(`${entry.items.pop() ?? ""} ${line.trim()}`);
}

/** "Use after free in WebRTC. Reported by …": what before the last " in " of the first sentence, and the component behind it. */
function partsOf(words: string): { readonly what: string; readonly component: string } {
  const sentence = words
    .replace(/\.?\s*Reported by.*$/s, "")
    .replace(/\.\s.*$/s, "")
    .replace(/\.$/, "")
    .trim();
  const at = sentence.lastIndexOf(" in ");
  return at === -1 ? { what: sentence, component: "" } : { what: sentence.slice(0, at), component: sentence.slice(at + 4) };
}
