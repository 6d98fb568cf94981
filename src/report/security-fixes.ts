/** Owns what the reports say of the security fixes between the releases. */
import type { SecurityFixes } from "../model/security-fixes.js";
import { plural } from "./figures.js";

type Told = Extract<SecurityFixes, { status: "told" }>;

/** "123 security fixes gained in WebRTC (chromium above 120.0.6099.224, up to 150.0.7871)"; or why they are not known. */
export function securitySentence(security: SecurityFixes): string {
  if (security.status === "unknown") return `Security fixes between the releases are not known: ${security.why}`;
  const where = security.components.length === 0 ? "" : ` in ${security.components.join(", ")}`;
  return `${plural(security.fixes.length, "security fix", "security fixes")} gained${where} (versions above ${security.above}, up to ${security.upTo}; ${security.from})`;
}

/** How many of each kind, the most frequent first: "Use after free" 60. */
export function fixKinds({ fixes }: Told): { readonly what: string; readonly size: number }[] {
  const sizes = new Map<string, number>();
  for (const { what } of fixes) sizes.set(what, (sizes.get(what) ?? 0) + 1);
  return [...sizes].map(([what, size]) => ({ what, size })).toSorted((a, b) => b.size - a.size || (a.what < b.what ? -1 : 1));
}
