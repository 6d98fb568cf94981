import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { buildFlavor } from "../../src/build/build-flavor.js";
import type { OwnBuild } from "../../src/model/build.js";
import { findTool } from "../../src/toolchain/find-tool.js";
import { smallDescription, smallProject, writeFiles } from "./small-library.js";

const toolsThere = (await findTool("g++")) !== undefined && (await findTool("ninja")) !== undefined;

async function build(change: (description: OwnBuild) => void, scripts: Record<string, string> = {}) {
  const project = await smallProject();
  await writeFiles(project.root, scripts);
  for (const path of Object.keys(scripts)) await chmod(join(project.root, path), 0o755);
  const description = smallDescription();
  change(description);
  const inRoot = (word: string): string => (word.startsWith("./") ? join(project.root, word) : word);
  description.launcher = description.launcher.map(inRoot);
  description.cxx = inRoot(description.cxx);
  return buildFlavor({ ...project.trees.legacy, flavor: "legacy", description, root: project.root, out: project.out });
}

describe.skipIf(!toolsThere)("a toolchain that does not work (skipped when g++ or ninja is not installed)", () => {
  it("is refused with all that is missing and the command that installs it", async () => {
    const missing = build((description) => {
      description.cxx = "g++-99";
      description.launcher = ["distcc-of-another-name"];
    });
    await expect(missing).rejects.toMatchObject({
      code: "tool-missing",
      message: "the build needs g++-99 and distcc-of-another-name, not found on this machine",
      hint: expect.stringMatching(/apt-get install -y g\+\+-99; check the spelling of distcc-of-another-name/),
    });
  });

  it("is refused when it is no compiler we know", async () => {
    const wrong = build(
      (description) => {
        description.cxx = "./notcc";
      },
      { notcc: "#!/bin/sh\necho my own compiler 1.0\n" },
    );
    await expect(wrong).rejects.toMatchObject({ code: "tool-failed", message: expect.stringContaining("neither gcc nor clang") });
  });

  it("tells of a full disk as one, and not as mistakes in the sources", async () => {
    const full = build(
      (description) => {
        description.launcher = ["./full"];
      },
      { full: '#!/bin/sh\necho "x.s: Fatal error: cannot write: No space left on device" >&2\nexit 1\n' },
    );
    await expect(full).rejects.toMatchObject({ code: "disk", message: expect.stringContaining("the disk is full") });
  });

  it("gives a flag that the compiler does not know as an error of the build, with the command", async () => {
    const outcome = await build((description) => {
      description.flavors.legacy.cflags = ["-fno-such-flag"];
    });
    if (outcome.status === "built") throw new Error("built with a flag that does not exist");
    expect(outcome.errors.map(({ file, line }) => [file, line])).toEqual([[".unfork/candidates/v1/core/table.c", 0]]);
    expect(outcome.errors[0]?.message).toContain("-fno-such-flag");
    expect(outcome.errors[0]?.command).toMatch(/^cd '.*my project.*' && gcc .*-fno-such-flag/);
  });
});
