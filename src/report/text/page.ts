/** Owns the report as terminal text: the headline, then its sections. */
import type { RunReport } from "../../model/report.js";
import type { Reporter } from "../options.js";
import { auditSection } from "./audit.js";
import { commandsSection, notCheckedSection } from "./closing.js";
import { dependenciesSection } from "../dependencies.js";
import { featuresSection } from "./features.js";
import { headlineLines, needsYouSection } from "./opening.js";
import { isolationSection } from "./isolation.js";
import type { Page, Section } from "./section.js";
import { securitySection } from "./security.js";
import { shimSection } from "./shim.js";
import { sizesSection } from "./sizes.js";
import { stagesSection } from "./stages.js";
import { useCasesSection } from "./use-cases.js";
import { painter } from "../../support/style.js";

const SECTIONS: readonly Section[] = [
  needsYouSection,
  featuresSection,
  isolationSection,
  auditSection,
  shimSection,
  securitySection,
  dependenciesSection,
  sizesSection,
  useCasesSection,
  stagesSection,
  commandsSection,
  notCheckedSection,
];

const LEAST_WIDTH = 80;
const MOST_WIDTH = 120;

/** Keeps within `options.width` columns (80 to 120). Sections that the run did not reach are left out. */
export const textReport: Reporter = (report, options) => {
  const page: Page = { paint: painter(options.color), width: Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, options.width)) };
  const blocks = [headlineLines(report, page), ...SECTIONS.map((section) => sectionLines(section, report, page))];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
};

function sectionLines(section: Section, report: RunReport, page: Page): string[] {
  const body = section.lines(report, page);
  return body.length === 0 ? [] : [page.paint("strong", section.title(report)), ...body];
}
