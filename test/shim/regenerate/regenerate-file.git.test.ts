import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { regenerateFile } from "../../../src/shim/regenerate/regenerate-file.js";

const BASE = [
  "class A {",
  "  int a();",
  "  // unfork:begin-hand A",
  "  // unfork:end-hand",
  "};",
  "",
  "class B {",
  "  int b();",
  "};",
  "",
].join("\n");
const NEXT = BASE.replace("  int b();", "  int b();\n  int more();");

function classText(name: string, body: readonly string[]): string[] {
  const methods = body.map((one) => `  int ${one}();`);
  return [`class ${name} {`, ...methods, `  // unfork:begin-hand ${name}`, "  // unfork:end-hand", "};"];
}

describe("a generated file, generated again", () => {
  it("is replaced where nobody edited it, and left where it is the same", async () => {
    expect(await regenerateFile({ base: BASE, ours: BASE, theirs: NEXT })).toEqual({ status: "replaced", text: NEXT });
    expect(await regenerateFile({ base: BASE, ours: NEXT, theirs: NEXT })).toEqual({ status: "same", text: NEXT });
    expect(await regenerateFile({ base: undefined, ours: undefined, theirs: NEXT })).toEqual({ status: "new", text: NEXT });
    expect(await regenerateFile({ base: BASE, ours: undefined, theirs: NEXT })).toEqual({ status: "restored", text: NEXT });
  });

  it("keeps what stands in a region while the text around it changes", async () => {
    const ours = BASE.replace("  // unfork:end-hand", "  int mine();\n  // unfork:end-hand");
    const theirs = BASE.replace("  int a();", "  long a();\n  int z();");
    const outcome = await regenerateFile({ base: BASE, ours, theirs });
    expect(outcome).toEqual({ status: "merged", text: theirs.replace("  // unfork:end-hand", "  int mine();\n  // unfork:end-hand") });
  });

  it("merges an edit outside of regions with a change elsewhere", async () => {
    const outcome = await regenerateFile({ base: BASE, ours: BASE.replace("int a();", "int a() const;"), theirs: NEXT });
    expect(outcome).toEqual({ status: "merged", text: NEXT.replace("int a();", "int a() const;") });
  });

  it("tells the line of an edit that the new text does not go together with, regions counted", async () => {
    const ours = BASE.replace("  // unfork:end-hand", "  int mine();\n  // unfork:end-hand").replace("int b();", "int b() const;");
    const outcome = await regenerateFile({ base: BASE, ours, theirs: BASE.replace("int b();", "long b();") });
    expect(outcome).toMatchObject({ status: "problem", line: 9 });
    expect(outcome).toMatchObject({ reason: expect.stringContaining("'int b() const;' here, 'long b();' generated") });
  });

  it("refuses to drop a region whose place is gone, and gives its text", async () => {
    const ours = BASE.replace("  // unfork:end-hand", "  int mine();\n  // unfork:end-hand");
    const theirs = BASE.replace("  // unfork:begin-hand A\n  // unfork:end-hand\n", "");
    const outcome = await regenerateFile({ base: BASE, ours, theirs });
    expect(outcome).toMatchObject({ status: "problem", line: 3, orphans: [{ name: "A", lines: ["  int mine();"] }] });
  });

  it.each([
    ["a file of somebody else", { base: undefined, ours: "mine\n", theirs: NEXT }, 1],
    ["an edited file that is not generated any more", { base: BASE, ours: `${BASE}mine\n`, theirs: undefined }, 1],
    ["marks that do not pair", { base: BASE, ours: BASE.replace("  // unfork:end-hand\n", ""), theirs: NEXT }, 3],
  ])("never overwrites %s", async (_, versions, line) => {
    expect(await regenerateFile(versions)).toMatchObject({ status: "problem", line });
  });

  it("loses no edit, wherever it stands and whatever changes around it", async () => {
    const names = ["a", "b", "c", "d"];
    const generated = (bodies: readonly string[][]): string => names.flatMap((name, i) => classText(name, bodies[i] ?? [])).join("\n");
    const body = fc.array(fc.constantFrom("p", "q", "r", "s"), { maxLength: 5 });
    const bodies = fc.tuple(body, body, body, body);
    const edit = fc.record({ at: fc.nat(60), kind: fc.constantFrom("add", "replace", "delete"), id: fc.nat(9999) });
    let merged = 0;
    await fc.assert(
      fc.asyncProperty(bodies, bodies, fc.array(edit, { minLength: 1, maxLength: 4 }), async (before, after, edits) => {
        const [base, theirs] = [generated(before), generated(after)];
        const lines = base.split("\n");
        const added: string[] = [];
        for (const [index, { at, kind, id }] of edits.entries()) {
          const place = at % lines.length;
          const text = `  edit_${index}_${id};`;
          if (kind !== "delete") added.push(text);
          lines.splice(place, kind === "add" ? 0 : 1, ...(kind === "delete" ? [] : [text]));
        }
        const outcome = await regenerateFile({ base, ours: lines.join("\n"), theirs });
        if (outcome.status === "problem") return;
        merged++;
        const text = "text" in outcome ? outcome.text : "";
        const wanted = added.filter((one) => lines.includes(one));
        for (const one of wanted) expect(text.split("\n")).toContain(one);
        // What is generated on top comes in, too: regenerating what was merged changes nothing.
        expect(await regenerateFile({ base: theirs, ours: text, theirs })).toEqual({ status: "same", text });
      }),
      { numRuns: 150 },
    );
    expect(merged).toBeGreaterThan(10);
  }, 120_000);
});
