/** Owns the proof as Markdown: a table of runs, then what was not proven. */
import type { IsolationProof, ProofRun } from "../../model/isolation-prove.js";
import { FOREIGN, PROVEN } from "./run-result.js";

export function renderProofMarkdown(proof: IsolationProof): string {
  const head = [
    "| compiled by | units | identical but for names | strings with names | constants from names | order by names | not proven |",
    "|---|--:|--:|--:|--:|--:|--:|",
  ];
  const verdict = proof.proven ? "**Proven**" : "**Not proven**";
  const failures = proof.runs.flatMap((run) =>
    run.units.flatMap((unit) =>
      PROVEN.has(unit.status)
        ? []
        : [
            `- ${who(run)}: \`${unit.unit}\`: ${unit.status}${FOREIGN.has(unit.status) ? ` (${escaped(unit.problem ?? "")})` : ""}`,
            ...unit.differences.slice(0, 3).map(({ what }) => `  - ${escaped(what)}`),
          ],
    ),
  );
  const torn = proof.runs.flatMap((run) =>
    run.inconsistent.map(({ before, after }) => `- ${who(run)}: \`${before.join("`, `")}\` became \`${after.join("`, `")}\``),
  );
  const lines = [
    `${verdict}: flavor \`${proof.flavor}\` changes nothing but names.`.replace("Not proven**: flavor", "Not proven** that flavor"),
    "",
    ...head,
    ...proof.runs.map(row),
  ];
  return [...lines, ...(failures.length + torn.length > 0 ? ["", ...failures, ...torn] : [])].join("\n");
}

function who({ compiler, version, flags }: ProofRun): string {
  return compiler === null ? "given objects" : [`${compiler} (${version ?? "unknown"})`, ...flags].join(" ");
}

function row(run: ProofRun): string {
  const { counts, units } = run;
  const open = units.filter(({ status }) => !PROVEN.has(status) && status !== "foreign").length + run.inconsistent.length;
  const cells = [counts.identical + counts.names, counts["name-strings"], counts["name-constants"], counts["order-by-names"], open];
  return `| ${who(run)} | ${units.length} | ${cells.join(" | ")} |`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_|<>[\]]/g, "\\$&");
}
