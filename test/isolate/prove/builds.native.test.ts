/** Holds the proof to the forms in which builds come: folders, archives, one database for two trees; and to what it refuses. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { MARKER_FILE } from "../../../src/isolate/marker.js";
import { type ProveRequest, prove } from "../../../src/isolate/prove/prove.js";
import { renderProof } from "../../../src/isolate/prove/render-text.js";
import { isolationProofSchema } from "../../../src/model/isolation-prove.js";
import { runOk } from "../../../src/support/exec.js";
import { compileObject, makeArchive, missingTools } from "../../helpers/compile.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { ORIGINAL, isolated } from "./pairs.js";

const missing = await missingTools("g++", "gcc", "ar");
const NAME = missing.length > 0 ? ` (without ${missing.join(", ")})` : "";

function request(more: Partial<ProveRequest>): ProveRequest {
  return {
    before: null,
    after: null,
    beforeTree: null,
    afterTree: null,
    compileCommands: null,
    flavor: null,
    isolation: null,
    objects: false,
    allowUncompiled: false,
    compile: { compilers: [], flags: [], launcher: [], jobs: 1, keep: null },
    ...more,
  };
}

async function objectFolder(sources: Readonly<Record<string, string>>): Promise<string> {
  const folder = temporaryFolder();
  for (const [name, source] of Object.entries(sources)) await compileObject({ folder, name, source, flags: ["-O1"] });
  return folder;
}

describe.skipIf(missing.length > 0)(`builds that are proven${NAME}`, () => {
  it("takes folders of objects, and tells units of one side only", async () => {
    const before = await objectFolder({ "a.cc": ORIGINAL, "b.c": "int b(void) { return 2; }" });
    const after = await objectFolder({ "a.cc": isolated(ORIGINAL), "c.c": "int c(void) { return 3; }" });
    const proof = await prove(request({ before, after, flavor: "legacy" }));
    expect(proof.from).toBe("objects");
    expect(proof.runs[0]?.units.map(({ unit, status }) => [unit, status])).toEqual([
      ["a.cc.o", "name-strings"],
      ["b.c.o", "only-before"],
      ["c.c.o", "only-after"],
    ]);
    expect(proof.proven).toBe(false);
    expect(isolationProofSchema.parse(proof)).toEqual(proof);
  });

  it("takes archives, members of one name in their order", async () => {
    const sides: string[] = [];
    for (const turn of [(text: string) => text, (text: string) => isolated(text)]) {
      const folder = temporaryFolder();
      const objects: string[] = [];
      for (const [index, body] of ["1", "2"].entries()) {
        await mkdir(join(folder, String(index)));
        const source = turn(`namespace meter { int f${index}() { return ${body}; } }`);
        objects.push(await compileObject({ folder: join(folder, String(index)), name: "unit.cc", source }));
      }
      sides.push(await makeArchive(folder, "lib.a", objects, "qc"));
    }
    const [before = "", after = ""] = sides;
    const proof = await prove(request({ before, after, flavor: "legacy" }));
    expect(proof.runs[0]?.units.map(({ unit, status }) => [unit, status])).toEqual([
      ["unit.cc.o", "names"],
      ["unit.cc.o#2", "names"],
    ]);
    expect(proof.proven).toBe(true);
  });

  it("carries one database over to the isolated tree, whose marker names the flavor; several compilers' flags are several runs", async () => {
    const folder = temporaryFolder();
    const [before, after] = [join(folder, "tree"), join(folder, "tree-legacy")];
    for (const [root, text] of [
      [before, ORIGINAL],
      [after, isolated(ORIGINAL)],
    ] as const) {
      await mkdir(join(root, "src"), { recursive: true });
      await writeFile(join(root, "src", "unit.cc"), `#include "text.h"\n${text}`);
      await writeFile(join(root, "src", "text.h"), "inline const char* where() { return __FILE__; }\ninline auto keep = where();\n");
    }
    await writeFile(join(after, MARKER_FILE), JSON.stringify({ format: 1, flavor: "legacy", release: "v1", plan: "x" }));
    const database = join(folder, "compile_commands.json");
    await writeFile(
      database,
      JSON.stringify([
        { directory: before, file: join(before, "src/unit.cc"), command: `g++ -std=c++17 -I${before}/src -c ${before}/src/unit.cc` },
      ]),
    );
    const compile = { compilers: [], flags: [["-O0"], ["-O2"]], launcher: [], jobs: 2, keep: null };
    const proof = await prove(request({ before: database, after, compile }));
    expect(proof.runs.map(({ flags, units }) => [flags, units.map(({ unit, status }) => [unit, status])])).toEqual([
      [["-O0"], [["src/unit.cc", "name-strings"]]],
      [["-O2"], [["src/unit.cc", "name-strings"]]],
    ]);
    const byTrees = await prove(request({ compileCommands: database, beforeTree: before, afterTree: after, compile }));
    expect(byTrees.proven).toBe(true);
    expect(byTrees.runs[0]?.units[0]?.unit).toBe("src/unit.cc");
  });

  it("refuses what is no object with what to do instead", async () => {
    const folder = temporaryFolder();
    const [before, after] = [join(folder, "x.o"), join(folder, "y.o")];
    for (const [bytes, words] of [
      [Buffer.from("cffaedfe07000001", "hex"), /Mach-O/],
      [Buffer.from("4243c0de00000000", "hex"), /LTO|bitcode/i],
      [Buffer.from("6486000000000000", "hex"), /COFF/],
    ] as const) {
      await writeFile(before, bytes);
      await writeFile(after, bytes);
      await expect(prove(request({ before, after, flavor: "legacy" }))).rejects.toMatchObject({
        code: "object-invalid",
        message: expect.stringMatching(words),
      });
    }
    await compileObject({ folder, name: "main.c", source: "int main(void) { return 0; }" });
    await runOk({ command: "gcc", args: [join(folder, "main.c.o"), "-o", before] });
    await expect(prove(request({ before, after: before, flavor: "legacy" }))).rejects.toMatchObject({
      code: "object-invalid",
      hint: expect.stringContaining("objects"),
    });
  });

  it("lists objects of other formats beside those that it proves, and passes where their bytes are the same", async () => {
    const coff = Buffer.from([0x4c, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    const elf32 = Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 1, 1, 1]), Buffer.alloc(60)]);
    const sides: string[] = [];
    for (const turn of [(text: string) => text, isolated]) {
      const folder = await objectFolder({ "a.cc": turn(ORIGINAL) });
      await writeFile(join(folder, "dos.obj"), coff);
      await writeFile(join(folder, "old.o"), elf32);
      await writeFile(join(folder, "notes.o"), "a text");
      await writeFile(join(folder, "a.lo"), "# a.lo - a libtool object file\n");
      sides.push(folder);
    }
    const [before = "", after = ""] = sides;
    const proof = await prove(request({ before, after, flavor: "legacy" }));
    expect(proof.runs[0]?.units.map(({ unit, status, problem }) => [unit, status, problem])).toEqual([
      ["a.cc.o", "name-strings", null],
      ["dos.obj", "foreign", "a COFF object; the proof compares 64-bit little-endian ELF"],
      ["notes.o", "foreign", "no object file: its first bytes belong to no known format; the proof compares 64-bit little-endian ELF"],
      ["old.o", "foreign", "ELF of a 32-bit or big-endian target; the proof compares 64-bit little-endian ELF"],
    ]);
    expect(proof.proven).toBe(true);
    expect(renderProof(proof, { color: false, width: 100, verbose: false, names: new Map() })).toContain(
      "✔ 1 of 1 units: identical but for names (1 with names in strings); 3 foreign objects not compared",
    );
    await writeFile(join(after, "dos.obj"), Buffer.concat([coff, coff]));
    const changed = await prove(request({ before, after, flavor: "legacy" }));
    expect(changed.runs[0]?.counts["foreign-changed"]).toBe(1);
    expect(changed.proven).toBe(false);
  });

  it("refuses a side that holds nothing but objects of other formats", async () => {
    const folder = temporaryFolder();
    await writeFile(join(folder, "old.o"), Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 1, 1, 1]), Buffer.alloc(60)]));
    await expect(prove(request({ before: folder, after: folder, flavor: "legacy" }))).rejects.toMatchObject({ code: "object-invalid" });
  });

  it("refuses to guess the flavor, and an empty side", async () => {
    const before = await objectFolder({ "a.cc": ORIGINAL });
    await expect(prove(request({ before, after: before }))).rejects.toMatchObject({ code: "usage" });
    await expect(prove(request({ before, after: temporaryFolder(), flavor: "legacy" }))).rejects.toMatchObject({ code: "input-invalid" });
  });
});
