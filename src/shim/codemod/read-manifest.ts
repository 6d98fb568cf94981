/** Owns the reading of a shim's manifest. */
import { type ShimManifest, shimManifestSchema } from "../../model/shim-manifest.js";
import { UnforkError, messageOf } from "../../support/errors.js";
import { explainIssues } from "../../support/explain-issues.js";
import { readText } from "../../support/fs.js";

/** Throws `input-missing`, or `input-invalid` with the key that is wrong. */
export async function readShimManifest(file: string): Promise<ShimManifest> {
  const value = jsonOf(await readText(file), file);
  const parsed = shimManifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = explainIssues(parsed.error.issues, value, shimManifestSchema).slice(0, 3);
  throw invalid(file, problems.join("; "));
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(file, messageOf(error));
  }
}

function invalid(file: string, problem: string): UnforkError {
  return new UnforkError("input-invalid", `${file} is no manifest of a shim: ${problem}`, {
    hint: "name the shim.json that stands beside the shim's files",
    context: { file },
  });
}
