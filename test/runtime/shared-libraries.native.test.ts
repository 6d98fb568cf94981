import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { run, runOk } from "../../src/support/exec.js";
import { missingTools } from "../helpers/compile.js";
import { temporaryFolder } from "../helpers/temp.js";
import { INCLUDE } from "./programs.js";

const COMPILERS = ["g++", "clang++"];
const missing = new Map(await Promise.all(COMPILERS.map(async (compiler) => [compiler, await missingTools(compiler)] as const)));

/** The library's flavor lies in one shared library, which hides what it does not export. */
const LIBRARY = `#include "unfork/runtime.h"
const int kLegacy = 0;
const int kLatest = 1;
__attribute__((visibility("default"))) unfork::FlavorState state("sound", {"legacy", "1.0", &kLegacy}, {"latest", "2.0", &kLatest});
__attribute__((visibility("default"))) int FlavorInLibrary() { return *static_cast<const int*>(state.Current("sound_shim::Play")); }
`;

const PROGRAM = `#include "unfork/runtime.h"
extern unfork::FlavorState state;
int FlavorInLibrary();
int main() {
  unfork::SetExposureHook([](const unfork::Exposure& exposure, void*) { std::printf("%s by %s\\n", exposure.flavor, exposure.source); });
  state.Set(1);
  int scoped = 0;
  {
    const unfork::FlavorScope scope(state, 0);
    scoped = FlavorInLibrary();
  }
  std::printf("%d %d\\n", scoped, FlavorInLibrary());
  unfork::ForEachAnnotation([](const char* key, const char* value) { std::printf("%s=%s\\n", key, value); });
}
`;

describe.skipIf(process.platform === "win32").each(COMPILERS)("a shim in a shared library, built by %s", (compiler) => {
  const lacks = missing.get(compiler) ?? [];

  describe.skipIf(lacks.length > 0)(`(needs ${compiler})`, () => {
    it("shares hooks, annotations and scopes with the program, though both hide their symbols", async () => {
      const folder = temporaryFolder();
      await writeFile(join(folder, "library.cc"), LIBRARY);
      await writeFile(join(folder, "program.cc"), PROGRAM);
      const flags = ["-std=c++17", "-O1", "-fvisibility=hidden", "-fvisibility-inlines-hidden", INCLUDE];
      await runOk({ command: compiler, args: [...flags, "-fPIC", "-shared", "library.cc", "-o", "libsound.so"], cwd: folder });
      await runOk({
        command: compiler,
        args: [...flags, "program.cc", "-L.", "-lsound", "-Wl,-rpath,$ORIGIN", "-o", "program"],
        cwd: folder,
      });
      const { stdout } = await run({ command: join(folder, "program"), args: [] });
      expect(stdout.toString("utf8").trim().split("\n")).toEqual([
        "legacy by scope",
        "latest by program",
        "0 1",
        "sound.flavor=latest",
        "sound.release=2.0",
        "sound.flavor.source=program",
      ]);
    });
  });
});
