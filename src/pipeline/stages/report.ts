/** Owns the stage that writes the report in all its formats. */
import { join } from "node:path";

import { renderReport } from "../../report/index.js";
import { replaceFolder, writeFileAtomic } from "../../support/fs.js";
import { composeReport } from "../compose-report.js";
import { stageOutputSchemas } from "../outputs.js";
import { sizeVariants } from "../size-variants.js";
import type { Stage } from "../stage.js";

const FILES = [
  ["report.json", "json"],
  ["report.html", "html"],
  ["report.md", "markdown"],
] as const;

export const reportStage: Stage<"report"> = {
  id: "report",
  title: "Write the report",
  output: stageOutputSchemas.report,
  always: true,
  async inputs(project) {
    return sizeVariants(project);
  },
  paths: (output) => output.files,
  plan: (project) => [`write ${FILES.map(([name]) => name).join(", ")} to ${project.paths.report}`],
  async run(context) {
    const { report } = context.project.paths;
    const value = await composeReport(context, await sizeVariants(context.project));
    await replaceFolder(report, async (folder) => {
      for (const [name, format] of FILES)
        await writeFileAtomic(join(folder, name), renderReport(format, value, { color: false, width: 100 }));
    });
    return {
      status: "done",
      output: { files: FILES.map(([name]) => join(report, name)) },
      summary: `wrote ${FILES.map(([name]) => name).join(", ")}`,
    };
  },
};
