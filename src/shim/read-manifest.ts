/** Owns the reading of a generated shim's manifest. */
import { readFileSync } from "node:fs";

import { type ShimManifest, shimManifestSchema } from "../model/shim-manifest.js";
import { UnforkError, fileError } from "../support/errors.js";
import { explainIssues } from "../support/explain-issues.js";

/** Throws `input-missing`, `input-invalid`, with the file and what is wrong in it. */
export function readShimManifest(path: string): ShimManifest {
  const input = parsed(path, textOf(path));
  const result = shimManifestSchema.safeParse(input);
  if (result.success) return result.data;
  throw invalid(path, explainIssues(result.error.issues, input, shimManifestSchema).join("; "));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw fileError("read", path, error);
  }
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(path, "it is no JSON", error);
  }
}

function invalid(path: string, why: string, cause?: unknown): UnforkError {
  return new UnforkError("input-invalid", `${path} is no manifest of a shim: ${why}`, {
    hint: "give the shim.json that `unfork shim generate` wrote",
    context: { file: path },
    cause,
  });
}
