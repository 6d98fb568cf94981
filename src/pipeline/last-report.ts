/** Owns reading the report that the last finished run wrote. */
import { join } from "node:path";

import { type RunReport, runReportSchema } from "../model/report.js";
import { UnforkError } from "../support/errors.js";
import { readTextIfThere } from "../support/fs.js";
import type { Project } from "./project.js";

/** The report in the project's report folder, or undefined when no run has written one. */
export async function composedReport(project: Project): Promise<RunReport | undefined> {
  return readReport(join(project.paths.report, "report.json"));
}

/** A report file, checked against the schema; undefined when it is not there. */
export async function readReport(file: string): Promise<RunReport | undefined> {
  const text = await readTextIfThere(file);
  if (text === undefined) return undefined;
  try {
    return runReportSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new UnforkError("input-invalid", `${file} is not a report of this version of unfork`, {
      hint: "run `unfork upgrade` to write a new one",
      context: { file },
      cause: error,
    });
  }
}
