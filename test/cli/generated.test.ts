import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { generatedFiles } from "../../src/cli/generated-files.js";
import { packageRoot } from "../../src/support/version.js";

describe("files made from the code", () => {
  it.each(generatedFiles().map(([path, content]) => ({ path, content })))(
    "$path is fresh (else: npm run generate)",
    ({ path, content }) => {
      expect(readFileSync(join(packageRoot(), path), "utf8")).toBe(content);
    },
  );
});
