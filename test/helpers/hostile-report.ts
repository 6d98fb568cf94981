/** Owns a report in which every free text tries to break out of its format. */
import type { RunReport } from "../../src/model/report.js";
import { sampleReport } from "./sample-report.js";

/** Breaks out of HTML content and attributes, XML, CDATA, Markdown, workflow commands, shells, terminals. */
export const HOSTILE =
  `</script></style><script>globalThis.hacked=1</script><img src=x onerror="globalThis.hacked=1">` +
  `"'\`|*_[x](http://127.0.0.1:9/) @nobody #1 ]]> --> %0A::error::x\n::error::y\r\t\u0000\u0007\u001b[31mred\u001b]0;title\u0007 \u202eoverride\u2028 &amp; \ud800`;

/** Values with a fixed set: left as they are. */
const FIXED = new Set(["status", "verdict", "mode", "gate", "severity", "category", "kind", "direction", "id", "schema", "headline"]);

/** The sample report with the hostile text behind every free text. */
export function hostileReport(): RunReport {
  return spoiled(sampleReport(), "") as RunReport;
}

function spoiled(value: unknown, key: string): unknown {
  if (typeof value === "string") return FIXED.has(key) ? value : value + HOSTILE;
  if (Array.isArray(value)) return value.map((entry) => spoiled(entry, key));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, spoiled(entry, name)]));
}
