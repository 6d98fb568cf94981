/** Holds `unfork symbolize` at the command line, on what real programs print when they end. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { symbolizedSchema } from "../../src/model/symbolized.js";
import { runOk } from "../../src/support/exec.js";
import { packageRoot } from "../../src/support/version.js";
import { compileObject, makeArchive, missingTools } from "../helpers/compile.js";
import { temporaryFolder } from "../helpers/temp.js";

const BIN = join(packageRoot(), "bin/unfork.js");
const missing = await missingTools("g++", "ar");
const root = temporaryFolder();

function unfork(args: readonly string[], input = "") {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], { cwd: root, input, encoding: "utf8" });
  return { status, stdout, stderr };
}

/** One flavor of a library: a namespace, and a C function that calls what it is given. */
function library(flavor: string): string {
  return `namespace sound_${flavor} {
struct Player { void Play(void (*then)()); };
__attribute__((noinline)) void Player::Play(void (*then)()) { then(); asm volatile(""); }
}
extern "C" __attribute__((noinline)) void decode_${flavor}(void (*then)()) { sound_${flavor}::Player().Play(then); asm volatile(""); }
`;
}

const PROGRAM = `#include "unfork/fail.h"
extern "C" void decode_legacy(void (*then)());
extern "C" void decode_latest(void (*then)());
namespace mine_legacy { __attribute__((noinline)) void Fail() { unfork::Fail("sound", "gone"); } }
extern "C" __attribute__((noinline)) void own_legacy() { decode_legacy(mine_legacy::Fail); asm volatile(""); }
int main(int count, char**) { count > 1 ? own_legacy() : decode_latest(mine_legacy::Fail); return 0; }
`;

/** The names of a text's frames, innermost first, with what stands in the column of flavors. */
function frames(text: string): string[] {
  const lines = text.split("\n").filter((line) => /\((?:_Z|own_|decode|main)/.test(line));
  return lines.map((line) => line.replace(/^(\S*)\s+\S*?\((\S+?)\+0x.*$/, "$1 $2").trim());
}

describe.skipIf(missing.length > 0)(`the symbolizer at the command line (needs ${missing.join(", ") || "g++ and ar"})`, () => {
  let crash = "";
  beforeAll(async () => {
    const flags = ["-O1", "-fno-omit-frame-pointer"];
    const objects: string[] = [];
    for (const flavor of ["legacy", "latest"]) {
      objects.push(await compileObject({ folder: root, name: `${flavor}.cc`, source: library(flavor), flags }));
      await makeArchive(root, `lib${flavor}.a`, objects.slice(-1));
    }
    const include = `-I${join(packageRoot(), "runtime/include")}`;
    const main = await compileObject({ folder: root, name: "main.cc", source: PROGRAM, flags: [...flags, include, "-std=c++17"] });
    await runOk({ command: "g++", args: ["-rdynamic", main, "liblegacy.a", "liblatest.a", "-o", "program"], cwd: root });
    crash = spawnSync(join(root, "program"), ["legacy"], { encoding: "utf8" }).stderr;
    writeFileSync(join(root, "crash.txt"), crash);
  });

  it("writes upstream's names into a backtrace, by what the flavors' archives define", () => {
    const { status, stdout, stderr } = unfork(["symbolize", "crash.txt", "--symbols", "liblegacy.a", "--symbols", "liblatest.a"]);
    expect(status).toBe(0);
    expect(frames(stdout).slice(-5)).toEqual([
      "_ZN11mine_legacy4FailEv",
      "legacy _ZN5sound6Player4PlayEPFvvE",
      "legacy decode",
      "own_legacy",
      "main",
    ]);
    expect(stderr).toBe("legacy: 2 lines\n");
  });

  it("goes by scopes alone where nothing is known, and by pairs of names in a program", () => {
    expect(frames(unfork(["symbolize", "crash.txt"]).stdout).slice(-5, -1)).toEqual([
      "legacy _ZN4mine4FailEv",
      "legacy _ZN5sound6Player4PlayEPFvvE",
      "decode_legacy",
      "own_legacy",
    ]);
    expect(frames(unfork(["symbolize", "crash.txt", "--symbols", "program"]).stdout).slice(-4, -1)).toEqual([
      "legacy _ZN5sound6Player4PlayEPFvvE",
      "legacy decode",
      "own_legacy",
    ]);
  });

  it("takes flavors, releases and names from a shim's manifest", () => {
    const manifest = {
      format: "unfork-shim",
      version: 1,
      library: "sound",
      namespace: "sound_shim",
      flavors: [
        { name: "legacy", release: "1.0" },
        { name: "latest", release: "2.0" },
      ],
      names: [
        { from: "sound::Player", to: "sound_shim::Player", kind: "class", header: "sound_shim/player.h" },
        { from: "decode", to: "sound_shim::decode", kind: "function", header: "sound_shim/decode.h" },
      ],
      missing: [],
      headers: [],
      items: [],
      files: [],
    };
    writeFileSync(join(root, "shim.json"), JSON.stringify(manifest));
    const { stdout } = unfork(["symbolize", "crash.txt", "--manifest", "shim.json", "--json"]);
    const result = symbolizedSchema.parse(JSON.parse(stdout));
    expect(result.flavors.map(({ name, release, exact }) => [name, release, exact])).toEqual([
      ["legacy", "1.0", false],
      ["latest", "2.0", false],
    ]);
    expect(result.lines.flatMap(({ names }) => names.map(({ name, demangled }) => demangled ?? name))).toContain("decode");
    expect(result.lines.flatMap(({ names }) => names.map(({ demangled }) => demangled))).toContain("sound::Player::Play(void (*)())");
  });

  it("keeps every other byte of the standard input", () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0x00, 0x0d, 0x0a]), Buffer.from("é sound_legacy::f\n\n"), Buffer.from([0xc3])]);
    const run = spawnSync(process.execPath, [BIN, "symbolize", "--no-column", "-", "--quiet"], { cwd: root, input: bytes });
    expect(run.stdout.equals(Buffer.from(bytes.toString("latin1").replace("sound_legacy", "sound"), "latin1"))).toBe(true);
    expect(run.stderr.toString("utf8")).toBe("");
  });

  it("shows C++ names where that is asked for, and sums up a text without names", () => {
    expect(unfork(["symbolize", "--demangle", "--no-column"], "at _ZN12sound_latest6Player4PlayEv+1\n").stdout).toBe(
      "at sound::Player::Play()+1\n",
    );
    const other = unfork(["symbolize", "--flavor", "old", "--flavor", "new"], "at sound_latest::f\n");
    expect(other).toEqual({ status: 0, stdout: "     at sound_latest::f\n", stderr: "no name of a flavor was found (…_old, …_new)\n" });
  });

  it.each([
    [["no-such-file"], /cannot read no-such-file/],
    [["--symbols", "libc-less.a"], /there is no file or folder .*libc-less\.a/],
    [["--symbols", "main.cc.o", "--flavor", "newest"], /no name that is defined in .*main\.cc\.o ends in _newest/],
    [["--manifest", "main.cc"], /main\.cc is no manifest of a shim: it is no JSON/],
    [["--flavor", "a-b"], /the name of a flavor is wanted/],
  ])("refuses %j", (args, message) => {
    const { status, stderr } = unfork(["symbolize", ...args]);
    expect([2, 3]).toContain(status);
    expect(stderr).toMatch(message);
  });
});
