/** Owns the calibration file beside the runs: one for a machine, use case by use case. */
import { join } from "node:path";

import { type Calibration, calibrationSchema } from "../../model/calibration.js";
import { UnforkError } from "../../support/errors.js";
import { readTextIfThere, writeFileAtomic } from "../../support/fs.js";
import { canonicalJson } from "../../support/hash.js";
import { machineDescription } from "../../support/machine.js";
import { byText } from "../../support/order.js";

export function calibrationFile(out: string): string {
  return join(out, "calibration.json");
}

/** The calibration of this machine; undefined where there is none. Throws `input-invalid` for a file that is no calibration. */
export async function readCalibration(file: string): Promise<Calibration | undefined> {
  const text = await readTextIfThere(file);
  if (text === undefined) return undefined;
  const calibration = parsed(text, file);
  return calibration.machine === machineDescription() ? calibration : undefined;
}

/** Puts the use cases' noise in the place of what was known of them; that of another machine is dropped. Gives the whole. */
export async function writeCalibration(file: string, useCases: Calibration["useCases"]): Promise<Calibration> {
  const before = (await readCalibration(file))?.useCases ?? [];
  const fresh = new Set(useCases.map(({ useCase }) => useCase));
  const kept = before.filter(({ useCase }) => !fresh.has(useCase));
  const all = [...kept, ...useCases].toSorted((a, b) => byText(a.useCase, b.useCase));
  const calibration: Calibration = { machine: machineDescription(), useCases: all };
  await writeFileAtomic(file, `${canonicalJson(calibration, 1)}\n`);
  return calibration;
}

function parsed(text: string, file: string): Calibration {
  try {
    return calibrationSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new UnforkError("input-invalid", `${file} is not a calibration`, {
      hint: "remove it and run `unfork usecase compare --aa`",
      context: { file },
      cause,
    });
  }
}
