import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

const FLAGS = fileURLToPath(new URL("../../dist/support/engine-flags.js", import.meta.url));

describe("the engine's settings", () => {
  it.each(["expectTreeRun", "expectArchiveRun", "freeMemory"])(
    "are known to this Node's engine: %s has nothing to complain about",
    (name) => {
      const program = `import { ${name} } from ${JSON.stringify(FLAGS)}; ${name}();`;
      const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
      expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
    },
  );
});
