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

function compile(out: string, isWanted: (file: string) => boolean): void {
  const own = readdirSync(SOURCES).filter((file) => file.endsWith(".cc") && file !== "audio_processor.cc");
  const tests = readdirSync(join(SOURCES, "tests")).filter((file) => file.endsWith(".cc"));
  const files = [...own, ...tests.map((file) => `tests/${file}`)].filter(isWanted);
  const flags = ["-std=c++20", "-Wall", "-Wextra", "-Werror", "-I.", "-Itests"];
  const result = spawnSync("g++", [...flags, "-o", out, ...files], { cwd: SOURCES, encoding: "utf8" });
  expect(result.stderr).toBe("");
  expect(result.status).toBe(0);
}

beforeAll(() => {
  compile(program, (file) => !file.endsWith("_test.cc") && file !== "tests/test_main.cc");
}, 300_000);

describe("the dual program", () => {
  it("passes its own tests, without a warning of the compiler", () => {
    const tests = join(folder, "program-tests");
    compile(tests, (file) => file !== "main.cc");
    const result = spawnSync(tests, { cwd: folder, encoding: "utf8" });
    expect(result.stdout + result.stderr).toMatch(/\d+ /);
    expect(result.status).toBe(0);
  }, 300_000);

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
