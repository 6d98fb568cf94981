/** Owns the security fixes on the page: how many of each kind, and the list. */
import type { RunReport } from "../../model/report.js";
import { count, plural } from "../figures.js";
import { fixKinds, securitySentence } from "../security-fixes.js";
import { dataTable, section } from "./parts.js";
import { html, type Html } from "./template.js";

export function securityPart({ security }: RunReport): Html | null {
  if (security === null) return null;
  if (security.status === "unknown") return section("security", "Security fixes", securitySentence(security), html``);
  const kinds = fixKinds(security).map(({ what, size }) => [what, count(size)]);
  const rows = security.fixes.map(({ id, what, component, version }) => [html`<code>${id}</code>`, what, component, version]);
  const list = dataTable("Security fixes", [{ text: "Fix" }, { text: "What" }, { text: "Component" }, { text: "Since" }], rows);
  return section(
    "security",
    "Security fixes",
    securitySentence(security),
    html`${kinds.length === 0 ? null : dataTable("Kinds of fixes", [{ text: "Kind" }, { text: "Fixes", right: true }], kinds)}
    ${
      rows.length === 0
        ? null
        : html`<details>
            <summary>${plural(rows.length, "fix", "fixes")}</summary>
            ${list}
          </details>`
    }`,
  );
}
