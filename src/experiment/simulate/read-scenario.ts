/** Owns reading a scenario file: YAML or JSON. */
import { readFile } from "node:fs/promises";
import { parse } from "yaml";

import { type SimulationInput, simulationSchema } from "../../model/simulation.js";
import { UnforkError, fileError, messageOf } from "../../support/errors.js";
import { explainIssues } from "../../support/explain-issues.js";

/** @throws UnforkError input-missing, input-invalid: with each key that is wrong */
export async function readScenario(file: string): Promise<SimulationInput> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw fileError("read", file, error);
  });
  const value = parsed(text, file);
  const checked = simulationSchema.safeParse(value);
  if (checked.success) return value as SimulationInput;
  const problems = explainIssues(checked.error.issues, value, simulationSchema);
  throw new UnforkError("input-invalid", `${file}: not a scenario:\n  ${problems.join("\n  ")}`);
}

function parsed(text: string, file: string): unknown {
  try {
    return parse(text) as unknown;
  } catch (error) {
    throw new UnforkError("input-invalid", `${file}: ${messageOf(error)}`, { cause: error });
  }
}
