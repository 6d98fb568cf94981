/** Holds `unfork shim inject` at the command line: places, exit codes, and a build by the CMake file that it writes. */
import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { run, runOk } from "../../src/support/exec.js";
import { packageRoot } from "../../src/support/version.js";
import { missingTools } from "../helpers/compile.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeTree } from "../helpers/tree.js";

const BIN = join(packageRoot(), "bin/unfork.js");
const root = temporaryFolder();
const missing = await missingTools("g++", "cmake");

function inject(...args: string[]) {
  const all = ["shim", "inject", "app/recorder", "--component", "recorder", "--library", "lab", "--include", "app", "--out", "flavored"];
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...all, "--compiler", "g++", ...args], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const FLAVORS = ["--flavor", "legacy=lab/legacy", "latest=lab/latest"];

describe.skipIf(missing.length > 0)(`unfork shim inject (skipped when not installed: ${missing.join(", ") || "none"})`, () => {
  beforeAll(() => {
    cpSync(join(packageRoot(), "test/fixtures/shim/inject"), join(root, "app"), { recursive: true });
    cpSync(join(packageRoot(), "test/fixtures/shim/lab"), join(root, "lab"), { recursive: true });
  });

  it("ends with 1 and the place of the header that leaks the library", () => {
    const { status, stdout } = inject(...FLAVORS, "--dry-run");
    expect(status).toBe(1);
    expect(stdout).toContain(`leak: app/recorder/counting_book.h:5: includes the library's "lab.h"`);
    expect(stdout).toContain("would write flavored/CMakeLists.txt");
  });

  it("ends with 2 where a flavor is missing or has no folder", () => {
    expect(inject("--flavor", "legacy=lab/legacy").status).toBe(2);
    const { status, stderr } = inject("--flavor", "legacy=lab/legacy", "latest=lab/newest");
    expect(status).toBe(2);
    expect(stderr).toContain("--flavor latest=lab/newest: no such folder");
  });

  it("writes a CMake project that builds both flavors into a program", async () => {
    const { status, stdout } = inject(...FLAVORS, "--public", "recorder.h", "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ namespaces: ["app::recorder"], findings: [], compilers: ["g++"], units: 2 });
    writeTree(root, {
      "CMakeLists.txt": [
        "cmake_minimum_required(VERSION 3.14...3.28)",
        "project(both LANGUAGES CXX)",
        "set(CMAKE_CXX_STANDARD 17)",
        "add_library(lab_one STATIC lab/legacy/lab.cc)",
        "add_library(lab_two STATIC lab/latest/lab.cc)",
        "set(RECORDER_LEGACY_LIBRARY lab_one)",
        "set(RECORDER_LATEST_LIBRARY lab_two)",
        "add_subdirectory(flavored)",
        "add_executable(use app/use.cc)",
        "target_link_libraries(use PRIVATE recorder_both)",
        "",
      ].join("\n"),
    });
    await runOk({ command: "cmake", args: ["-S", root, "-B", join(root, "build")] });
    await runOk({ command: "cmake", args: ["--build", join(root, "build")] });
    expect(await run({ command: join(root, "build/use"), args: [] })).toMatchObject({ code: 0, stderr: "" });
  }, 180_000);
});
