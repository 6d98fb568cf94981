/** Owns the report as one HTML file: no request leaves it, it works without scripts, all foreign text is escaped. */
import type { RunReport } from "../../model/report.js";
import { dependenciesPart } from "../dependencies.js";
import { auditPart } from "./audit.js";
import { cards } from "./cards.js";
import { commandsPart, notCheckedPart, provenancePart } from "./closing.js";
import { featuresPart } from "./features.js";
import { header, needsYouPart } from "./header.js";
import { pageFrame } from "./frame.js";
import { isolationPart } from "./isolation.js";
import { securityPart } from "./security.js";
import { shimPart } from "./shim.js";
import { sizesPart } from "./sizes.js";
import { stagesPart } from "./stages.js";
import { html, type Html } from "./template.js";
import { useCasesPart } from "./use-cases.js";

interface Part {
  readonly id: string;
  readonly title: string;
  /** null when the run did not reach it. */
  readonly render: (report: RunReport) => Html | null;
}

const PARTS: readonly Part[] = [
  { id: "features", title: "Features", render: featuresPart },
  { id: "use-cases", title: "Use cases", render: useCasesPart },
  { id: "sizes", title: "Sizes", render: sizesPart },
  { id: "audit", title: "Audit", render: auditPart },
  { id: "shim", title: "Shim", render: shimPart },
  { id: "security", title: "Security fixes", render: securityPart },
  { id: "dependencies", title: "Dependencies", render: dependenciesPart },
  { id: "isolation", title: "Isolation", render: isolationPart },
  { id: "stages", title: "Timeline", render: stagesPart },
  { id: "commands", title: "Commands", render: commandsPart },
  { id: "provenance", title: "Provenance", render: provenancePart },
  { id: "not-checked", title: "Not checked", render: notCheckedPart },
];

export function htmlReport(report: RunReport): string {
  const parts = PARTS.map(({ id, title, render }) => ({ id, title, body: render(report) })).filter((part) => part.body !== null);
  return pageFrame({
    tool: report.tool,
    title: `${report.library} ${report.from} → ${report.to}: upgrade report`,
    header: header(report),
    nav: parts,
    main: html`${needsYouPart(report)} ${cards(report)} ${parts.map((part) => part.body)}`,
  });
}
