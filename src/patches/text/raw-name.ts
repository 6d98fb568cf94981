/** Owns names on the `---` and `+++` lines of diffs: quotes, time stamps and tabs behind them, leading folders off them. */
import { unquoteName } from "./quoted-name.js";

const STAMP = / (?:\d\d)?\d\d-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: [+-]\d\d:?\d\d)?\s*$/;

/** The name at the start of a line's rest, or null for /dev/null. `whole`: nothing follows the name. */
export function takeName(rest: string, extent: "whole" | "stamped" = "stamped"): string | null {
  const quoted = rest.startsWith('"') ? unquoteName(rest)?.name : undefined;
  if (quoted !== undefined) return quoted;
  if (extent === "whole") return rest;
  if (/^\/dev\/null(?:\s|$)/.test(rest)) return null;
  const tab = rest.indexOf("\t");
  return (tab === -1 ? rest.replace(STAMP, "").trimEnd() : rest.slice(0, tab)).replace(/\r$/, "");
}

/** GNU diff's stamp for a file that is not there: the epoch, in any zone. */
export function hasEpochStamp(rest: string): boolean {
  const stamp = /\t(1969-12-31|1970-01-01) (\d\d):(\d\d):00(?:\.0+)? ([+-])(\d\d):?(\d\d)\r?$/.exec(rest);
  if (stamp === null) return false;
  const [day, hour = 0, minute = 0, zoneHour = 0, zoneMinute = 0] = [stamp[1], ...[2, 3, 5, 6].map((group) => Number(stamp[group]))];
  const zone = (stamp[4] === "-" ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute));
  return Number(hour) * 60 + Number(minute) - zone === (day === "1969-12-31" ? 24 * 60 : 0);
}

/** The name without its first folders; undefined when it has not as many. Double slashes count once. */
export function stripFolders(name: string, folders: number): string | undefined {
  const parts = name.replaceAll(/\/{2,}/g, "/").split("/");
  const kept = parts.slice(folders).join("/");
  return kept === "" || kept.startsWith("/") ? undefined : kept;
}
