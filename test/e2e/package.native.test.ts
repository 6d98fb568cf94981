/** The packed tarball, installed as a user installs it, in a folder of its own. */
import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { packageRoot, toolVersion } from "../../src/support/version.js";
import { findTool } from "../../src/toolchain/find-tool.js";
import { findLibclang } from "../../src/toolchain/libclang/find-libclang.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeTree } from "../helpers/tree.js";
import { validConfig } from "../helpers/valid-config.js";

const folder = temporaryFolder();
const missing: string[] = [];
if ((await findTool("g++")) === undefined) missing.push("g++");
if ((await findLibclang()) === undefined) missing.push("libclang");

function inFolder(command: string, args: readonly string[]) {
  const result = spawnSync(command, args, { cwd: folder, encoding: "utf8" });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

function unfork(...args: string[]) {
  return inFolder("node_modules/.bin/unfork", args);
}

/** A bell of one flavor, which rings as often as it is told. */
function bell(flavor: string, more: string): string {
  return `namespace bell_${flavor} {\nclass Bell {\n public:\n  int Ring(int times) const { return times; }\n${more}};\n}\n`;
}

beforeAll(() => {
  const packed = spawnSync("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], { cwd: packageRoot(), encoding: "utf8" });
  expect(packed.status).toBe(0);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "none.tgz";
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "user", private: true, type: "module" }));
  const installed = inFolder("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", `./${tarball}`]);
  expect(installed.err).not.toContain("ERR");
  expect(installed.code).toBe(0);
}, 300_000);

describe("the package", () => {
  it("brings the command", () => {
    expect(inFolder("node_modules/.bin/unfork", ["--version"]).out.trim()).toBe(toolVersion());
  });

  it("loads a TypeScript configuration that imports it", () => {
    writeFileSync(
      join(folder, "unfork.config.ts"),
      `import { defineConfig } from "unfork";\nexport default defineConfig(${JSON.stringify(validConfig())});\n`,
    );
    expect(inFolder("node_modules/.bin/unfork", ["config"])).toMatchObject({
      code: 0,
      out: expect.stringContaining("is valid: meter, v1 → v2"),
    });
  });

  it("has types, schemas and the guides, and neither tests nor TypeScript sources", () => {
    const names = readdirSync(join(folder, "node_modules/unfork"));
    expect(names).toEqual(expect.arrayContaining(["LICENSE", "README.md", "bin", "dist", "docs", "schema"]));
    expect(names).not.toContain("test");
    expect(names).not.toContain("src");
  });

  it("gives programs the upgrade as a function", () => {
    const script = 'import("unfork").then((u) => console.log(typeof u.runUpgrade, typeof u.openProject, typeof u.defineConfig))';
    expect(inFolder(process.execPath, ["-e", script]).out.trim()).toBe("function function function");
  });

  it.skipIf(missing.length > 0)(
    `makes a shim and compiles it (skipped when not installed: ${missing.join(", ") || "none"})`,
    () => {
      writeTree(folder, { "old/bell.h": bell("legacy", ""), "new/bell.h": bell("latest", "  int Pitch() const { return 440; }\n") });
      for (const [root, out] of [
        ["old", "legacy.json"],
        ["new", "latest.json"],
      ] as const) {
        const read = unfork(
          "api",
          "snapshot",
          "--engine",
          "libclang",
          "--headers",
          "bell.h",
          "--root",
          root,
          "--std",
          "c++17",
          "--out",
          out,
        );
        expect(read).toMatchObject({ code: 0, err: "", out: expect.stringContaining(`1 class, 0 enumerations`) });
      }
      const made = unfork(
        "shim",
        "generate",
        "--flavor",
        "legacy=legacy.json",
        "latest=latest.json",
        "--library",
        "bell",
        "--out",
        "bell_shim",
      );
      expect(made).toMatchObject({ code: 0, err: "", out: expect.stringContaining("bell_shim: bell_shim, 1 class") });
      const checked = unfork("shim", "check", "bell_shim", "--include", "legacy=old", "latest=new", "--compiler", "g++");
      expect(checked).toMatchObject({
        code: 0,
        err: "",
        out: expect.stringMatching(/^bell_shim: fresh, [1-9]\d* units compiled by g\+\+, /),
      });
    },
    120_000,
  );
});
