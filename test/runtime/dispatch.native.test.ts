import { arch } from "node:os";
import { describe, expect, it } from "vitest";

import { buildDispatch } from "../../bench/shim-dispatch/build.mjs";
import { runOk } from "../../src/support/exec.js";
import { missingTools } from "../helpers/compile.js";
import { temporaryFolder } from "../helpers/temp.js";

const COMPILERS = ["g++", "clang++"];
const missing = new Map(await Promise.all(COMPILERS.map(async (compiler) => [compiler, await missingTools(compiler, "objdump")] as const)));

/** Machine code of one function, a line per instruction, with the names its relocations refer to. */
async function functionsOf(object: string): Promise<Map<string, string>> {
  const { stdout } = await runOk({ command: "objdump", args: ["-dr", "--no-show-raw-insn", object] });
  const functions = new Map<string, string>();
  for (const part of stdout.toString("utf8").split(/\n\n(?=[0-9a-f]+ <)/)) {
    const name = /^[0-9a-f]+ <([^>]+)>:/m.exec(part)?.[1];
    if (name !== undefined) functions.set(name, part);
  }
  return functions;
}

/** Calls and jumps to an address out of a register or out of memory. */
function indirectCalls(code: string): number {
  return [...code.matchAll(/\b(?:call|jmp)q?\s+\*|\bblr\s|\bbr\s+x/g)].length;
}

function directCalls(code: string): string[] {
  return [...code.matchAll(/\bR_\w+?_(?:PLT32|CALL26|JUMP26|PC32)\s+([\w.$]+)/g)].map((match) => match[1] ?? "");
}

describe.skipIf(!["x64", "arm64"].includes(arch())).each(COMPILERS)("a call through a shim, built by %s", (compiler) => {
  const lacks = missing.get(compiler) ?? [];
  const folder = temporaryFolder();

  describe.skipIf(lacks.length > 0)(`(needs ${compiler}, objdump)`, () => {
    it("is a direct call in a program with one flavor, and looks nothing up", async () => {
      const { program, loops } = buildDispatch(folder, compiler, "single");
      const functions = await functionsOf(loops);
      const object = functions.get("_Z14CallShimObjectRN10meter_shim5MeterEi") ?? "";
      const free = functions.get("_Z16CallShimFunctioni") ?? "";
      expect([indirectCalls(object), directCalls(object)]).toEqual([0, ["_ZN10meter_shim8MeterOps3AddEPvi"]]);
      expect([indirectCalls(free), directCalls(free)]).toEqual([0, ["_ZN10meter_shim3Api5ScaleEi"]]);
      await runOk({ command: program, args: ["object", "10", "1"] });
    });

    it("is one indirect call with two flavors; an object does not look at the process's flavor", async () => {
      const { program, loops } = buildDispatch(folder, compiler, "dual");
      const functions = await functionsOf(loops);
      const object = functions.get("_Z14CallShimObjectRN10meter_shim5MeterEi") ?? "";
      const free = functions.get("_Z16CallShimFunctioni") ?? "";
      expect([indirectCalls(object), directCalls(object)]).toEqual([1, []]);
      expect(indirectCalls(free)).toBe(1);
      expect(free).toContain("_ZN10meter_shim5stateE");
      expect(indirectCalls(functions.get("_Z11CallVirtualR5Meteri") ?? "")).toBe(1);
      await runOk({ command: program, args: ["function", "10", "1"] });
    });
  });
});
