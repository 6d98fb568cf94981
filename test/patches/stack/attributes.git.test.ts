/** Attributes of the tree decide merges as they do for git rebase, whatever is checked out and wherever the command runs. */
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import type { PatchPort } from "../../../src/model/patch.js";
import { portAlone } from "../../../src/patches/alone/port-alone.js";
import { seededRandom } from "../../../src/support/random.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { rebase } from "./rebase.js";
import { type FileTexts, type StackRepository, stackRepository } from "./stack-repository.js";

function text(...changes: readonly [number, string][]): string {
  const by = new Map(changes);
  return Array.from({ length: 12 }, (_, at) => `${by.get(at) ?? `line ${at}`}\n`).join("");
}

async function port({ path }: Pick<StackRepository, "path">): Promise<PatchPort> {
  return await portAlone({ repo: path, series: "old..tip", onto: "new", name: "port", dryRun: false, upstreamed: false });
}

/** Both change the same line of one file. */
function clash(attributes: FileTexts, file = "notes/NEWS"): StackRepository {
  return stackRepository({
    old: { ...attributes, [file]: text() },
    new: { ...attributes, [file]: text([5, "upstream's"]) },
    stack: [{ ...attributes, [file]: text([5, "ours"]) }],
  });
}

function conflictsOf({ patches }: PatchPort): string[] {
  return patches.flatMap(({ patch, status }) => (status === "conflict" || status === "cascade" ? [patch] : []));
}

describe("a port", () => {
  it("merges as a union what .gitattributes say so of, in any folder, and says so", async () => {
    for (const attributes of [
      { ".gitattributes": "NEWS merge=union\n" },
      { ".gitattributes": "/notes/** merge=union\n" },
      { "notes/.gitattributes": "NEWS merge=union\n", ".gitattributes": "NEWS -merge\n" },
    ]) {
      const made = clash(attributes);
      const ported = await port(made);
      expect(ported.tree).toBe(rebase(made)?.tree);
      expect(ported.patches[0]).toMatchObject({
        status: "auto",
        evidence: [expect.stringContaining("merged by the driver union"), expect.anything()],
      });
    }
  });

  it.each(["NEWS -merge\n", "NEWS binary\n", "NEWS merge=binary\n"])("leaves alone what is not to be merged (%j)", async (line) => {
    const files = (change: readonly [number, string][]) => ({ ".gitattributes": line, NEWS: text(...change) });
    const made = stackRepository({ old: files([]), new: files([[2, "upstream's"]]), stack: [files([[9, "ours"]])] });
    const ported = await port(made);
    expect(conflictsOf(ported)).toEqual(rebase(made)?.skipped);
    expect(ported.patches[0]).toMatchObject({ status: "conflict", culprits: [{ subject: "upstream's change" }] });
    expect(ported.patches[0]?.evidence).toContain("NEWS: its attributes say that it is not to be merged");
  });

  it("goes by the attributes of the tree that a patch comes onto, also where an earlier patch wrote them", async () => {
    const [old, base] = [{ NEWS: text() }, { NEWS: text([5, "upstream's"]) }];
    const rule = { ".gitattributes": "NEWS merge=union\n" };
    const made = stackRepository({
      old,
      new: base,
      stack: [
        { ...old, ...rule },
        { ...rule, NEWS: text([5, "ours"]) },
      ],
    });
    const ported = await port(made);
    expect([conflictsOf(ported), ported.tree]).toEqual([[], rebase(made)?.tree]);
    const gone = stackRepository({ old: { ...old, ...rule }, new: base, stack: [{ ...rule, NEWS: text([5, "ours"]) }] });
    expect(conflictsOf(await port(gone))).toEqual(rebase(gone)?.skipped);
  });

  it("does not go by attributes that only a later patch brings", async () => {
    const [old, base] = [{ NEWS: text() }, { NEWS: text([1, "upstream's"]) }];
    const last = { NEWS: text([5, "ours"], [9, "ours"]) };
    const stack = [{ NEWS: text([5, "ours"]) }, last, { ...last, ".gitattributes": "NEWS -merge\n" }];
    const made = stackRepository({ old, new: base, stack });
    const ported = await port(made);
    expect([conflictsOf(ported), ported.tree]).toEqual([[], rebase(made)?.tree]);
  });

  it("does not go by what lies in the folder that it runs in", async () => {
    const made = clash({});
    const [folder, before] = [temporaryFolder(), process.cwd()];
    writeFileSync(join(folder, ".gitattributes"), "* merge=union\n");
    process.chdir(folder);
    try {
      expect(conflictsOf(await port(made)).length).toBe(1);
    } finally {
      process.chdir(before);
    }
  });

  it("follows a file that upstream moved to where other attributes count", async () => {
    const rule = { "new/.gitattributes": "NEWS merge=union\n" };
    const made = stackRepository({
      old: { ...rule, "old/NEWS": text() },
      new: { ...rule, "new/NEWS": text([5, "upstream's"]) },
      stack: [{ ...rule, "old/NEWS": text([5, "ours"]) }],
    });
    const ported = await port(made);
    expect([conflictsOf(ported), ported.tree]).toEqual([[], rebase(made)?.tree]);
  });

  it("asks a driver of the repository's settings", async () => {
    const made = clash({ ".gitattributes": "NEWS merge=both\n" });
    const driver = join(temporaryFolder(), "driver");
    writeFileSync(driver, '#!/bin/sh\necho "both of $4" > "$2"\n');
    chmodSync(driver, 0o755);
    made.git("config", "merge.both.driver", `${driver} %O %A %B %P`);
    const ported = await port(made);
    expect(ported.tree).toBe(rebase(made)?.tree);
    expect(made.git("show", "refs/unfork/port:notes/NEWS")).toBe("both of notes/NEWS\n");
    expect(ported.patches[0]?.evidence[0]).toContain("merged by the driver both");
  });

  it("says so when no settings know the driver that is named", async () => {
    const made = clash({ ".gitattributes": "NEWS merge=nobody-has-it\n" });
    const ported = await port(made);
    expect(conflictsOf(ported)).toEqual(rebase(made)?.skipped);
    expect(ported.patches[0]?.evidence.at(-1)).toContain("which no settings define: merged as text");
  });

  it("gives info/attributes the last word, by whole paths", async () => {
    const made = clash({ ".gitattributes": "NEWS -merge\n" });
    writeFileSync(join(made.path, ".git", "info", "attributes"), "notes/* merge=union\n");
    const ported = await port(made);
    expect([conflictsOf(ported), ported.tree]).toEqual([[], rebase(made)?.tree]);
  });

  it("brings line ends into one form where merge.renormalize is set", async () => {
    const rule = { ".gitattributes": "*.c text\n" };
    const made = stackRepository({
      old: { "a.c": text().replaceAll("\n", "\r\n") },
      new: { ...rule, "a.c": text([2, "upstream's"]) },
      stack: [{ "a.c": text([9, "ours"]).replaceAll("\n", "\r\n") }],
    });
    expect(conflictsOf(await port(made)).length).toBe(1);
    made.git("config", "merge.renormalize", "true");
    const ported = await port(made);
    expect([conflictsOf(ported), ported.tree]).toEqual([[], rebase(made)?.tree]);
  });
});

const RULES = ["merge=union", "-merge", "merge=binary", "binary", "merge", "!merge", "merge=nobody-has-it", "text eol=crlf"];
const PATTERNS = ["*", "*.c", "/a.c", "lib/*", "lib/**", "x.c", "/lib/x.c", "b.txt"];
const FILES = ["a.c", "b.txt", "lib/x.c", "lib/deep/y.c"];

function attributesOf(random: () => number): string {
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? "";
  return Array.from({ length: 1 + Math.floor(random() * 3) }, () => `${pick(PATTERNS)} ${pick(RULES)}\n`).join("");
}

function edited(random: () => number, files: FileTexts, who: string): FileTexts {
  const next: Record<string, string> = { ...files };
  for (const name of FILES) {
    if (random() < 0.5) continue;
    const lines = (next[name] ?? text()).split("\n");
    lines[Math.floor(random() * 11)] = `${who} ${Math.floor(random() * 100)}`;
    next[name] = lines.join("\n");
  }
  for (const name of [".gitattributes", "lib/.gitattributes"]) if (random() < 0.2) next[name] = attributesOf(random);
  return next;
}

describe("generated attributes", () => {
  it.each(Array.from({ length: Number(process.env["UNFORK_HISTORIES"] ?? 16) }, (_, at) => at + Number(process.env["UNFORK_SEED"] ?? 1)))(
    "decide as they do for git rebase (history %i)",
    async (seed) => {
      const random = seededRandom(seed);
      const old = { ...Object.fromEntries(FILES.map((name) => [name, text()])), ".gitattributes": attributesOf(random) };
      const stack: FileTexts[] = [];
      for (let at = 0; at < 4; at++) stack.push(edited(random, stack.at(-1) ?? old, `patch ${at}`));
      const made = stackRepository({ old, new: edited(random, edited(random, old, "upstream"), "upstream"), stack });
      const rebased = rebase(made);
      const ported = await port(made);
      const got = [conflictsOf(ported), ported.tree];
      expect(got).toEqual(rebased === undefined ? got : [rebased.skipped, rebased.tree]);
    },
  );
});
