/** The dual program's own tests (examples/webrtc-audio/program/tests): command line, frame loop, WAV files, over two stand-in releases. */
import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { packageRoot } from "../../src/support/version.js";
import { temporaryFolder } from "../helpers/temp.js";

const SOURCES = join(packageRoot(), "examples/webrtc-audio/program");
const folder = temporaryFolder();
const program = join(folder, "webrtc-audio");

/** Compiles once what both programs have in common; gives the objects. */
function compileObjects(): string[] {
  const own = readdirSync(SOURCES).filter((file) => file.endsWith(".cc") && file !== "audio_processor.cc");
  const tests = readdirSync(join(SOURCES, "tests")).filter((file) => file.endsWith(".cc"));
  const files = [...own, ...tests.map((file) => `tests/${file}`)];
  const flags = ["-std=c++20", "-Wall", "-Wextra", "-Werror", `-I${SOURCES}`, `-I${join(SOURCES, "tests")}`];
  runCompiler([...flags, "-c", ...files.map((file) => join(SOURCES, file))]);
  return readdirSync(folder).filter((file) => file.endsWith(".o"));
}

function runCompiler(args: readonly string[]): void {
  const result = spawnSync("g++", args, { cwd: folder, encoding: "utf8" });
  expect(result.stderr).toBe("");
  expect(result.status).toBe(0);
}

function isOfTests(object: string): boolean {
  return object.endsWith("_test.o") || object === "test_main.o";
}

const tests = join(folder, "program-tests");

beforeAll(() => {
  const objects = compileObjects();
  runCompiler(["-o", program, ...objects.filter((object) => !isOfTests(object))]);
  runCompiler(["-o", tests, ...objects.filter((object) => object !== "main.o")]);
}, 300_000);

describe("the dual program", () => {
  it("passes its own tests, without a warning of the compiler", () => {
    const result = spawnSync(tests, { cwd: folder, encoding: "utf8" });
    expect(result.stdout + result.stderr).toMatch(/\d+ /);
    expect(result.status).toBe(0);
  });

  it("refuses a WAV that is not one with exit 2, by name, and writes nothing", () => {
    const wav = join(folder, "not.wav");
    writeFileSync(wav, "this is text, not sound");
    const result = spawnSync(program, ["--flavor", "legacy", "--capture", wav, "--out", join(folder, "out.wav")], { encoding: "utf8" });
    expect(result.status).toBe(2);
    expect(result.stderr).toContain("not.wav");
    expect(readdirSync(folder)).not.toContain("out.wav");
  });

  it("refuses to start without a flavor with exit 2", () => {
    expect(spawnSync(program, ["--capture", "x.wav", "--out", "y.wav"], { encoding: "utf8" }).status).toBe(2);
  });
});
