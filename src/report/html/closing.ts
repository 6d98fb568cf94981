/** Owns the last parts of the page: exact commands, where everything came from, what was not checked. */
import type { RunReport } from "../../model/report.js";
import { bytes, count } from "../figures.js";
import { command, dataTable, section } from "./parts.js";
import { html, type Html } from "./template.js";

export function commandsPart({ commands }: RunReport): Html | null {
  if (commands.length === 0) return null;
  const rows = commands.map((entry) => [entry.stage, command(entry.command)]);
  return section(
    "commands",
    "Commands",
    "What repeats each stage by hand.",
    dataTable("Exact commands", [{ text: "Stage" }, { text: "Command" }], rows),
  );
}

export function provenancePart(report: RunReport): Html {
  const { measured, tool } = report;
  const failed = measured.sourcesFailed.map((source) => html`<li>${source.release}: ${source.provider} did not serve: ${source.why}</li>`);
  return section(
    "provenance",
    "Provenance",
    null,
    html`${trees(report)}${
        failed.length === 0
          ? null
          : html`<ul>
              ${failed}
            </ul>`
      }
      <p class="muted">
        ${tool.name} ${tool.version} on ${measured.machine}, started <time datetime="${measured.startedAt}">${measured.startedAt}</time>
      </p>`,
  );
}

function trees({ trees: all }: RunReport): Html | null {
  if (all.length === 0) return null;
  const heads = [
    { text: "Release" },
    { text: "Origin" },
    { text: "Checksum" },
    { text: "Digest of the tree" },
    { text: "Files", right: true },
    { text: "Size", right: true },
  ];
  const rows = all.map((tree) => [
    tree.release,
    `${tree.kind}: ${tree.origin}`,
    html`<code class="digest">${tree.checksum}</code>`,
    html`<code class="digest">${tree.digest}</code>`,
    count(tree.files),
    bytes(tree.bytes),
  ]);
  return dataTable("Trees", heads, rows);
}

export function notCheckedPart({ notChecked }: RunReport): Html {
  const body =
    notChecked.length === 0
      ? html`<p>Nothing is known to be left out.</p>`
      : html`<ul>
          ${notChecked.map((what) => html`<li>${what}</li>`)}
        </ul>`;
  return section("not-checked", "Not checked", "A green report says nothing about these.", body);
}
