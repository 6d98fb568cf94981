import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { readCompileDatabase, shellWords } from "../../src/toolchain/compile-database.js";
import { temporaryFolder } from "../helpers/temp.js";

describe("a compile database", () => {
  it("gives commands as words, whether written as one line or as a list", async () => {
    const path = join(temporaryFolder(), "compile_commands.json");
    await writeFile(
      path,
      JSON.stringify([
        { directory: "/b", file: "a.cc", command: 'g++ -DX=\\"y z\\" "-DA=b c" -c a.cc' },
        { directory: "/b", file: "/s/c.c", arguments: ["gcc", "-c", "/s/c.c"], output: "c.o" },
      ]),
    );
    expect(await readCompileDatabase(path)).toEqual([
      { directory: "/b", file: "/b/a.cc", source: "a.cc", arguments: ["g++", '-DX="y', 'z"', "-DA=b c", "-c", "a.cc"] },
      { directory: "/b", file: "/s/c.c", source: "/s/c.c", arguments: ["gcc", "-c", "/s/c.c"] },
    ]);
  });

  it("says which entry is wrong", async () => {
    const path = join(temporaryFolder(), "compile_commands.json");
    await writeFile(path, '[{"directory": "/b", "file": "a.cc"}]');
    await expect(readCompileDatabase(path)).rejects.toMatchObject({ code: "input-invalid", message: expect.stringContaining("entry 0") });
    await writeFile(path, "{}");
    await expect(readCompileDatabase(path)).rejects.toMatchObject({ code: "input-invalid" });
  });

  it("splits words as a shell does", () => {
    expect(shellWords(`a 'b c' "d \\"e\\" $f" g\\ h i"j"'k'`)).toEqual(["a", "b c", 'd "e" $f', "g h", "ijk"]);
  });
});
