/** Owns the audit of files that a user names, with or without a project. */
import type { AllowList, AuditResult } from "../model/audit.js";
import { unflavorAny } from "../tokens/unflavor.js";
import { auditFlavors } from "./audit-flavors.js";
import type { Severities } from "./finding.js";
import { inputFiles } from "./input-files.js";
import type { ProbeRequest } from "./probe/probe.js";
import { TOOLCHAIN_SHARED } from "./toolchain.js";

export interface FilesToAudit {
  /** One flavor: every definition must bear it. Two or more: they are compared. */
  readonly flavors: readonly { readonly name: string; readonly paths: readonly string[] }[];
  /** Linked once for all flavors. */
  readonly common: readonly string[];
  readonly allow: AllowList;
  readonly probe?: ProbeRequest;
}

/** Throws `input-missing`, `input-invalid`, `object-invalid`. */
export async function auditFiles({ flavors, common, allow, probe }: FilesToAudit): Promise<AuditResult> {
  const maps = new Map(flavors.map(({ name }) => [name, unflavorSymbol(name)]));
  const result = await auditFlavors({
    flavors: flavors.map(({ name, paths }) => ({ name, archives: inputFiles(paths) })),
    common: inputFiles(common),
    shared: [...TOOLCHAIN_SHARED, ...allow.shared],
    unflavor: (symbol, flavor) => maps.get(flavor)?.(symbol) ?? symbol,
    guesses: true,
    severities: { ...(flavors.length === 1 ? EVERY_NAME_COUNTS : {}), ...allow.severity },
    ...(probe === undefined ? {} : { probe }),
  });
  const ofToolchain = new Set(TOOLCHAIN_SHARED.map(({ pattern }) => pattern));
  return withoutIdle(result, (pattern) => !ofToolchain.has(pattern));
}

/** Microsoft's names end each identifier with `@`: `?keep@lib_legacy@@3HA` is `keep` in `lib_legacy`. */
function unflavorSymbol(flavor: string): (symbol: string) => string {
  const itanium = unflavorAny(flavor);
  const identifier = new RegExp(`(?<=[\\w$])_${flavor}(?=@)`, "g");
  return (symbol) => (symbol.startsWith("?") ? symbol.replaceAll(identifier, "") : itanium(symbol));
}

const EVERY_NAME_COUNTS: Severities = { unflavored: "error" };

/** Without the entries that cover nothing and are no news; `isNews` tells by the pattern which are. */
export function withoutIdle(result: AuditResult, isNews: (pattern: string) => boolean): AuditResult {
  const shared = result.shared.filter(({ pattern, names, ofOne }) => names + ofOne > 0 || isNews(pattern));
  const { "shared-unused": _all, ...summary } = result.summary;
  const unused = shared.filter(({ names, ofOne }) => names + ofOne === 0).length;
  return { ...result, shared, summary: unused === 0 ? summary : { ...summary, "shared-unused": unused } };
}
