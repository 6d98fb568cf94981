import { describe, expect, it } from "vitest";

import { findSources } from "../../src/build/own/sources.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeFiles } from "./small-library.js";

async function tree(): Promise<string> {
  const folder = temporaryFolder();
  await writeFiles(folder, {
    "modules/audio/agc.cc": "",
    "modules/audio/agc_avx2.cc": "12",
    "modules/audio/agc_test.cc": "",
    "modules/audio/fft.c": "",
    "modules/audio/asm.S": "",
    "modules/audio/notes.txt": "",
  });
  return folder;
}

const unit = (sources: string[], exclude: string[] = [], flags: string[] = []) => ({ sources, exclude, flags });

describe("the sources that globs name", () => {
  it("come sorted, each with its language, size and flags", async () => {
    const units = [unit(["**/*.{cc,c,S}"], ["**/*_test.cc", "**/*_avx2.cc"]), unit(["**/*_avx2.cc"], [], ["-mavx2"])];
    const found = await findSources(await tree(), units, "k");
    expect(found.map(({ path, language, flags, size }) => [path, language, flags.join(), size])).toEqual([
      ["modules/audio/agc.cc", "cxx", "", 0],
      ["modules/audio/agc_avx2.cc", "cxx", "-mavx2", 2],
      ["modules/audio/asm.S", "asm", "", 0],
      ["modules/audio/fft.c", "c", "", 0],
    ]);
  });

  it.each([
    [
      "a glob that names nothing",
      [unit(["modules/audio/*.cc", "modules/audio/*.cpp"])],
      /units\[0\]: 'modules\/audio\/\*\.cpp' matches no file in/,
    ],
    ["a file that two units name", [unit(["**/agc.cc"]), unit(["**/a*c.cc"])], /units 0 and 1 both name modules\/audio\/agc\.cc/],
    ["a file no compiler takes", [unit(["**/*.txt"])], /no compiler for modules\/audio\/notes\.txt/],
    ["an exclude that takes away all", [unit(["**/*.c"], ["**"])], /its 'exclude' takes away every file/],
  ])("refuse %s", async (_what, units, message) => {
    await expect(findSources(await tree(), units, "units")).rejects.toMatchObject({
      code: "config-invalid",
      message: expect.stringMatching(message),
    });
  });

  it("say which folder does not exist, and which one was meant", async () => {
    await expect(findSources(await tree(), [unit(["modules/adio/*.cc"])], "units")).rejects.toMatchObject({
      hint: "modules/adio does not exist: did you mean modules/audio?",
    });
  });
});
