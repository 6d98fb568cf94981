/** Owns what makes two comparisons the same: all that decides what their runs give. */
import { resolve } from "node:path";

import { canonicalJson, sha256, sha256File } from "../support/hash.js";
import { toolVersion } from "../support/version.js";
import { recipeDigest } from "./prepare.js";
import { EACH_ITS_OWN } from "./run-pairs.js";
import type { UseCaseRequest } from "./run-use-cases.js";

/** A digest over the program, the use cases, what makes their inputs, and which flavor each arm runs. */
export async function comparisonDigest({ useCases, program, root, arms = EACH_ITS_OWN }: UseCaseRequest): Promise<string> {
  const recipes = await Promise.all(useCases.map((useCase) => recipeDigest(useCase, resolve(root))));
  const digest = await sha256File(resolve(program)).catch(() => "none");
  return sha256(canonicalJson({ tool: toolVersion(), program: digest, useCases, recipes, arms }));
}
