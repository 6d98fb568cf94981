/** Owns the last parts of the terminal report: commands that repeat it, and what was not checked. */
import { printable } from "../../support/style.js";
import { paragraph, sectionTable, type Section } from "./section.js";

export const commandsSection: Section = {
  title: () => "Commands",
  lines: (report, page) =>
    report.commands.length === 0
      ? []
      : sectionTable(
          page,
          [{ head: "" }, { head: "", narrow: "wrap", least: 30 }],
          report.commands.map(({ stage, command }) => [page.paint("muted", printable(stage)), printable(command)]),
        ),
};

export const notCheckedSection: Section = {
  title: () => "Not checked",
  lines: (report, page) => report.notChecked.flatMap((what) => paragraph(page, what, "• ")),
};
