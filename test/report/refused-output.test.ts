/** Holds the report to saying of an output that failed its comparison that it is not to be used. */
import { expect, test } from "vitest";

import type { UseCaseResult } from "../../src/model/use-case.js";
import { evidencePart } from "../../src/report/html/evidence.js";
import { markupOf } from "../../src/report/html/template.js";
import { sampleUseCases } from "../helpers/sample-use-cases.js";

function shown(status: "within" | "beyond"): string {
  const [sample] = sampleUseCases();
  const result = { ...sample, compared: [{ file: "out.wav", status, detail: "" }] } as UseCaseResult;
  const part = evidencePart(result, undefined);
  return part === null ? "" : markupOf(part);
}

test("an output of latest's that failed its comparison is named so, once; one that passed is not", () => {
  expect(shown("beyond").match(/not to be used/g)).toHaveLength(1);
  expect(shown("within")).not.toContain("not to be used");
});
