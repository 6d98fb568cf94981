import { existsSync, readdirSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";

import { judgeSeed } from "../../src/experiment/assignment/judge-seed.js";
import { run, runOk } from "../../src/support/exec.js";
import { packageRoot } from "../../src/support/version.js";
import { oddSeeds } from "../experiment/assignment/odd-seeds.js";
import { trust } from "../experiment/assignment/sample-seed.js";
import { missingTools } from "../helpers/compile.js";
import { sanitized } from "../helpers/sanitized.js";
import { temporaryFolder } from "../helpers/temp.js";
import { INCLUDE, RUNTIME, STRICT } from "./programs.js";

const COMPILERS = ["g++", "clang++"];
const missing = new Map(await Promise.all(COMPILERS.map(async (compiler) => [compiler, await missingTools(compiler)] as const)));
const lacksLibcrypto = existsSync("/usr/include/openssl/evp.h") ? [] : ["libssl-dev"];
const missingForCmake = await missingTools("cmake", "g++", "make");

const VECTORS = join(packageRoot(), "docs/experiments/vectors.json");
const FLAGS = [...STRICT, "-std=c++17", "-O0", INCLUDE];
/** The least of C++ that users' flags may leave. */
const LEAST = [...STRICT, "-std=c++20", "-fno-exceptions", "-fno-rtti", "-fsyntax-only", INCLUDE];

function sources(): string[] {
  const folder = join(RUNTIME, "experiment");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".cc"))
    .map((file) => join(folder, file));
}

/** Compiles the test programs and, beside them, the one that answers seeds. */
async function programs(compiler: string, folder: string): Promise<string[]> {
  const names = ["vectors_test", "client_test", "telemetry_test", "judge"];
  const tests = names.map((name) => join(RUNTIME, "tests/experiment", `${name}.cc`));
  await runOk({ command: compiler, args: [...FLAGS, ...sanitized(compiler), "-c", ...sources()], cwd: folder });
  const objects = sources().map((source) => `${basename(source, ".cc")}.o`);
  for (const test of tests) {
    const out = basename(test, ".cc");
    await runOk({
      command: compiler,
      args: [...FLAGS, ...sanitized(compiler), test, ...objects, "-lcrypto", "-pthread", "-o", out],
      cwd: folder,
    });
  }
  return names.filter((name) => name.endsWith("_test"));
}

function inBase64(text: string): string {
  return `${Buffer.from(text).toString("base64")}\n`;
}

/** What Node's client says. */
function answerOf(text: string): string {
  const judged = judgeSeed(text, trust());
  return judged.status === "rejected" ? judged.reason : judged.status;
}

describe.each(COMPILERS)("the client of experiments in C++, built by %s", (compiler) => {
  const lacks = [...(missing.get(compiler) ?? []), ...lacksLibcrypto];

  describe.skipIf(lacks.length > 0)(`(skipped when these are not installed: ${lacks.join(", ") || "none"})`, () => {
    it("passes its tests under sanitizers, and judges odd seeds as Node's client does", async () => {
      const folder = temporaryFolder();
      const said: string[] = [];
      for (const program of await programs(compiler, folder)) {
        const { code, stderr } = await run({ command: join(folder, program), args: [VECTORS], cwd: folder });
        if (code !== 0) said.push(`${program} ends with ${code}: ${stderr}`);
      }
      expect(said).toEqual([]);
      const odd = oddSeeds(1000, 6);
      const { stdout } = await runOk({ command: join(folder, "judge"), args: [VECTORS], input: odd.map(inBase64).join("") });
      expect(stdout.toString("utf8").trim().split("\n")).toEqual(odd.map(answerOf));
    }, 300_000);

    it("compiles in C++20 without exceptions and RTTI", async () => {
      await runOk({ command: compiler, args: [...LEAST, ...sources()] });
      expect(sources().length).toBeGreaterThan(10);
    }, 240_000);
  });
});

const first = COMPILERS.find((compiler) => missing.get(compiler)?.length === 0);

describe.skipIf(first === undefined || lacksLibcrypto.length > 0)("the client of experiments in C++", () => {
  it("has headers that each stand alone: what one lacks shows in any compiler", async () => {
    const folder = temporaryFolder();
    const units = await Promise.all(
      readdirSync(join(RUNTIME, "include/unfork/experiment")).map(async (header) => {
        const unit = join(folder, `${header}.cc`);
        await writeFile(unit, `#include "unfork/experiment/${header}"\n#include "unfork/experiment/${header}"\n`);
        return unit;
      }),
    );
    await runOk({ command: first ?? "", args: [...LEAST, ...units] });
    expect(units.length).toBeGreaterThan(10);
  }, 240_000);
});

const USER = `cmake_minimum_required(VERSION 3.14)
project(user LANGUAGES CXX)
find_package(unfork_shim_runtime 1.0 REQUIRED)
add_executable(user user.cc)
target_link_libraries(user PRIVATE unfork::experiment_openssl)
`;

const PROGRAM = `#include <cstdio>
#include "unfork/experiment/experiment.h"
#include "unfork/experiment/openssl_check.h"
int main() {
  const unfork::experiment::OpensslCheck check;
  unfork::experiment::ClientOptions options;
  options.project = "webrtc";
  options.signatures = &check;
  options.folder = "state";
  const auto client = unfork::experiment::Client::Open(options);
  std::puts(NameOf(client->Assign("laptop-call").reason));
}
`;

describe.skipIf(missingForCmake.length + lacksLibcrypto.length > 0)("the client of experiments in C++, installed by CMake", () => {
  it("is found by another project", async () => {
    const folder = temporaryFolder();
    const prefix = join(folder, "prefix");
    const build = join(folder, "build");
    const options = ["-DUNFORK_EXPERIMENT=ON", "-DUNFORK_RUNTIME_TESTS=OFF", `-DCMAKE_INSTALL_PREFIX=${prefix}`];
    await runOk({ command: "cmake", args: ["-S", RUNTIME, "-B", build, ...options] });
    await runOk({ command: "cmake", args: ["--build", build, "--target", "install"] });
    const user = join(folder, "user");
    await mkdir(user);
    await writeFile(join(user, "CMakeLists.txt"), USER);
    await writeFile(join(user, "user.cc"), PROGRAM);
    await runOk({ command: "cmake", args: ["-S", user, "-B", join(user, "build"), `-DCMAKE_PREFIX_PATH=${prefix}`] });
    await runOk({ command: "cmake", args: ["--build", join(user, "build")] });
    const { stdout, stderr } = await runOk({ command: join(user, "build/user"), args: [], cwd: user });
    expect([stdout.toString("utf8"), stderr]).toEqual(["no-seed\n", "unfork: webrtc: there is no seed yet: the default flavor is used\n"]);
  }, 180_000);
});
