/** Binary patches apply to the very content they were made for, as git has it; ids that are cut short only when that is asked for. */
import { describe, expect, it } from "vitest";

import { applyBinary } from "../../../src/patches/text/apply-binary.js";
import { parseDiff } from "../../../src/patches/text/parse-diff.js";
import { commitTrees, gitText, newRepository } from "./real-git.js";

const repository = newRepository();
const old = `\0${"some longer piece of it ".repeat(40)}`;
const fresh = `${old.slice(0, 500)}\0\xff${old.slice(500)}`;
commitTrees(repository, { old: { f: { mode: "100644", text: old } }, fresh: { f: { mode: "100644", text: fresh } } });

function diffOf(...args: readonly string[]) {
  const [diff] = parseDiff(gitText(repository, ["diff", ...args, "old", "fresh"]), "p");
  if (diff === undefined) throw new Error("git gave no diff");
  return diff;
}

function bytes(text: string): Buffer {
  return Buffer.from(text, "latin1");
}

describe("a binary patch", () => {
  it("with full ids gives the new content, and with its way back the old one", () => {
    const diff = diffOf("--binary", "--full-index");
    expect(diff.binary?.forward?.method).toBe("delta");
    expect(applyBinary(bytes(old), diff)).toMatchObject({ status: "applied", content: bytes(fresh) });
    const back = { ...diff, oldId: diff.newId, newId: diff.oldId, binary: { forward: diff.binary?.reverse ?? null, reverse: null } };
    expect(applyBinary(bytes(fresh), back)).toMatchObject({ status: "applied", content: bytes(old) });
  });

  it("is refused on any other content", () => {
    expect(applyBinary(bytes(`${old}.`), diffOf("--binary", "--full-index"))).toMatchObject({
      status: "refused",
      why: "the content is not the one that this binary patch was made for",
    });
  });

  it("with ids cut short needs to be allowed, and is still held against them", () => {
    const full = diffOf("--binary", "--full-index");
    const diff = { ...full, oldId: full.oldId?.slice(0, 7) ?? "", newId: full.newId?.slice(0, 7) ?? "" };
    expect(applyBinary(bytes(old), diff)).toMatchObject({ why: "a binary patch needs the full ids of both contents on its `index` line" });
    expect(applyBinary(bytes(old), diff, { shortIds: true })).toMatchObject({ content: bytes(fresh) });
    expect(applyBinary(bytes(`${old}.`), diff, { shortIds: true }).status).toBe("refused");
    expect(applyBinary(bytes(old), { ...diff, newId: "0123456" }, { shortIds: true })).toMatchObject({
      why: "the binary patch does not give the content that its id tells",
    });
  });

  it("without its content is refused as such", () => {
    expect(applyBinary(bytes(old), diffOf("--full-index"))).toMatchObject({
      why: "the patch says that binary files differ, but does not hold the new content",
    });
  });
});
