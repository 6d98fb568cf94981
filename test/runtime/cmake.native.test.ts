import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { runOk } from "../../src/support/exec.js";
import { missingTools } from "../helpers/compile.js";
import { temporaryFolder } from "../helpers/temp.js";
import { RUNTIME, testPrograms } from "./programs.js";

const missing = await missingTools("cmake", "ctest", "g++", "make");

const USER = `cmake_minimum_required(VERSION 3.14)
project(user LANGUAGES CXX)
if(USE_FOLDER)
  add_subdirectory("\${USE_FOLDER}" runtime)
else()
  find_package(unfork_shim_runtime 1.0 REQUIRED)
endif()
add_executable(user user.cc)
target_link_libraries(user PRIVATE unfork::shim_runtime)
`;

const PROGRAM = `#include "unfork/runtime.h"
unfork::FlavorState state("user", {"legacy", "1", &unfork::kDirect}, {"latest", "2", nullptr});
int main() { state.Set(0); std::puts(state.name(state.Get())); }
`;

async function user(folder: string, ...defines: readonly string[]): Promise<string> {
  await mkdir(folder);
  await writeFile(join(folder, "CMakeLists.txt"), USER);
  await writeFile(join(folder, "user.cc"), PROGRAM);
  const build = join(folder, "build");
  await runOk({ command: "cmake", args: ["-S", folder, "-B", build, ...defines] });
  await runOk({ command: "cmake", args: ["--build", build] });
  return (await runOk({ command: join(build, "user"), args: [] })).stdout.toString("utf8");
}

describe.skipIf(missing.length > 0)(
  `the runtime's CMake project (skipped when tools are not installed: ${missing.join(", ") || "none"})`,
  () => {
    it("runs the test programs that the suite runs", async () => {
      const build = join(temporaryFolder(), "build");
      await runOk({ command: "cmake", args: ["-S", RUNTIME, "-B", build, "-DCMAKE_BUILD_TYPE=Debug"] });
      const { stdout } = await runOk({ command: "ctest", args: ["--test-dir", build, "-N"] });
      const names = [...stdout.toString("utf8").matchAll(/Test +#\d+: (\S+)/g)].map((match) => match[1]);
      expect(names.toSorted()).toEqual(
        testPrograms()
          .map(({ name }) => name)
          .toSorted(),
      );
      await runOk({ command: "cmake", args: ["--build", build, "--target", "place_test"] });
      await runOk({ command: "ctest", args: ["--test-dir", build, "-R", "^place_test$"] });
    }, 120_000);

    it("is found by another project where it was installed, and as a folder of it", async () => {
      const folder = temporaryFolder();
      const prefix = join(folder, "prefix");
      await runOk({
        command: "cmake",
        args: ["-S", RUNTIME, "-B", join(folder, "build"), "-DUNFORK_RUNTIME_TESTS=OFF", `-DCMAKE_INSTALL_PREFIX=${prefix}`],
      });
      await runOk({ command: "cmake", args: ["--install", join(folder, "build")] });
      expect(await user(join(folder, "installed"), `-DCMAKE_PREFIX_PATH=${prefix}`)).toBe("legacy\n");
      expect(await user(join(folder, "inside"), `-DUSE_FOLDER=${RUNTIME}`)).toBe("legacy\n");
    }, 120_000);
  },
);
