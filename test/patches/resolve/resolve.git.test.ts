/** A resolver's answer counts only when it is sound, whole and verified; whatever else it does, no ref moves by it. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { conflictPacketSchema } from "../../../src/model/conflict-packet.js";
import { portAlone } from "../../../src/patches/alone/port-alone.js";
import type { Resolver } from "../../../src/patches/resolve/resolve-port.js";
import { shellVerify } from "../../../src/patches/resolve/verify.js";
import { type StackRepository, stackRepository } from "../stack/stack-repository.js";

const BEFORE = "int f(int a) {\n  return a;\n}\n";

function inConflict(): StackRepository {
  return stackRepository({
    old: { "a.c": BEFORE },
    new: { "a.c": "int f(int a) {\n  return a + 1;\n}\n" },
    stack: [{ "a.c": "int f(int a) {\n  log();\n  return a;\n}\n" }, { "a.c": "int f(int a) {\n  log();\n  log();\n  return a;\n}\n" }],
  });
}

const GOOD = "int f(int a) {\n  log();\n  return a + 1;\n}\n";

/** A resolver written in JavaScript: the packet is `packet`, the code gives the answer. */
function resolver(repository: StackRepository, code: string, more: Partial<Resolver> = {}): Resolver {
  const file = join(repository.path, "..", "resolver.cjs");
  writeFileSync(
    file,
    `let text = ""; process.stdin.on("data", (part) => (text += part)).on("end", () => { const packet = JSON.parse(text); ${code} });`,
  );
  return { command: `node ${file}`, tries: 2, timeoutMs: 20_000, verify: null, ...more };
}

function answer(text: string): string {
  return `console.log(JSON.stringify({ files: [{ path: "a.c", text: ${JSON.stringify(text)} }] }));`;
}

async function portWith(repository: StackRepository, used: Resolver) {
  return await portAlone({ repo: repository.path, series: "old..tip~1", onto: "new", name: "port", dryRun: false, resolver: used });
}

function tries({ git }: StackRepository): { outcome: string; why: string | null }[] {
  const names = git("ls-tree", "-r", "--name-only", "refs/notes/unfork")
    .split("\n")
    .filter((name) => name.startsWith("tries/"));
  return names.map((name) => JSON.parse(git("show", `refs/notes/unfork:${name}`)) as { outcome: string; why: string | null });
}

describe("a resolver", () => {
  it("that gives a sound answer settles the conflict, and the answer is recorded", async () => {
    const repository = inConflict();
    const port = await portWith(repository, resolver(repository, answer(GOOD)));
    expect(port.patches[0]?.status).toBe("auto");
    expect(repository.git("show", "refs/unfork/port:a.c")).toBe(GOOD);
    const again = await portAlone({ repo: repository.path, series: "old..tip~1", onto: "new", name: "other", dryRun: false });
    expect([again.patches[0]?.status, again.commit]).toEqual(["auto", port.commit]);
    expect(tries(repository)).toMatchObject([{ outcome: "taken", why: null }]);
  });

  it("is told the patch, all sides, and what was wrong with its last try", async () => {
    const repository = inConflict();
    const seen = join(repository.path, "..", "packets");
    const keep = `require("node:fs").appendFileSync(${JSON.stringify(seen)}, JSON.stringify(packet) + "\\n");`;
    await portWith(repository, resolver(repository, `${keep} console.log("no json");`));
    const packets = readFileSync(seen, "utf8")
      .trim()
      .split("\n")
      .map((line) => conflictPacketSchema.parse(JSON.parse(line)));
    expect(packets.map((packet) => packet.tries.length)).toEqual([0, 1]);
    expect(packets[1]?.tries[0]).toContain("no JSON document");
    expect(packets[0]?.conflicts[0]).toMatchObject({ path: "a.c", base: { text: BEFORE } });
    expect(packets[0]?.patch.diff).toContain("+  log();");
  });

  it.each([
    ["leaves markers", answer("<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n"), "conflict markers are left"],
    ["leaves a bracket open", answer("int f(int a) {\n  log();\n  return a + 1;\n"), "a bracket has no counterpart"],
    ["leaves out a line", answer("int f(int a) {\n  return a + 1;\n}\n"), "leaves out lines of the patch"],
    ["names another file", `console.log(JSON.stringify({ files: [{ path: "b.c", text: "" }] }));`, "the answer must name a.c once"],
    ["answers in another form", `console.log(JSON.stringify({ done: true }));`, "not of the wanted form"],
    ["fails", "process.exit(7);", "it ended with 7"],
    ["never ends", "setInterval(() => {}, 1000);", "took longer than 1 s"],
  ])("that %s is refused, and the refs stay but for the port's own", async (_what, code, why) => {
    const repository = inConflict();
    const before = repository.git("for-each-ref", "refs/heads");
    const port = await portWith(
      repository,
      resolver(repository, code, why.includes("longer") ? { tries: 1, timeoutMs: 1000 } : { tries: 1 }),
    );
    expect(port.patches[0]?.status).toBe("conflict");
    expect(repository.git("for-each-ref", "refs/heads")).toBe(before);
    expect(tries(repository)).toMatchObject([{ outcome: "refused" }]);
    expect(tries(repository)[0]?.why).toContain(why);
  });

  it("during whose work somebody else moves the port's ref ends with an error, and that ref stays as they left it", async () => {
    const repository = inConflict();
    const theirs = repository.git("rev-parse", "old").trim();
    const move = `require("node:child_process").execFileSync("git", ["update-ref", "refs/unfork/port", "${theirs}"], { cwd: ${JSON.stringify(repository.path)} });`;
    await expect(portWith(repository, resolver(repository, `${move} ${answer(GOOD)}`))).rejects.toThrow(
      "cannot lock ref 'refs/unfork/port'",
    );
    expect(repository.git("rev-parse", "refs/unfork/port").trim()).toBe(theirs);
    expect(repository.git("for-each-ref", "refs/notes")).toBe("");
  });

  it.each(["console.error(process.env.TOKEN); process.exit(3);", "console.log(process.env.TOKEN);"])(
    "has nothing of its command line and output in the notes ref but the program's name: %s",
    async (code) => {
      const repository = inConflict();
      const used = resolver(repository, code, { tries: 1 });
      await portWith(repository, { ...used, command: `TOKEN='s3cr3t' ${used.command} --key s3cr3t` });
      const tree = repository.git("ls-tree", "-r", "--name-only", "refs/notes/unfork").trim().split("\n");
      expect(tree.map((name) => repository.git("show", `refs/notes/unfork:${name}`)).join("")).not.toContain("s3cr3t");
      expect(tries(repository)).toMatchObject([{ resolver: "node", outcome: "refused" }]);
    },
  );

  it("has its tries numbered on from those of earlier runs", async () => {
    const repository = inConflict();
    const failing = resolver(repository, "process.exit(3);");
    await portWith(repository, failing);
    await portWith(repository, { ...failing, tries: 1 });
    const names = repository.git("ls-tree", "-r", "--name-only", "refs/notes/unfork").match(/\d+\.json/g);
    expect(names).toEqual(["1.json", "2.json", "3.json"]);
  });

  it("may leave out a line when it says why", async () => {
    const repository = inConflict();
    const code = `console.log(JSON.stringify({ files: [{ path: "a.c", text: ${JSON.stringify("int f(int a) {\n  return a + 1;\n}\n")} }], explain: "upstream logs elsewhere" }));`;
    expect((await portWith(repository, resolver(repository, code))).patches[0]?.status).toBe("empty");
  });

  it("whose result does not pass the build is told the build's words, and the notes ref has none of them", async () => {
    const repository = inConflict();
    const verify = `grep -q never a.c || { echo "a.c: broken"; exit 1; }`;
    const seen = join(repository.path, "..", "packets");
    const keep = `require("node:fs").appendFileSync(${JSON.stringify(seen)}, packet.tries.join());`;
    await portWith(repository, resolver(repository, `${keep} ${answer(GOOD)}`, { verify: shellVerify(verify, 20_000) }));
    expect(readFileSync(seen, "utf8")).toContain("a.c: broken");
    expect(tries(repository).map(({ why }) => why)).toEqual(Array(2).fill("the result does not pass the build and tests"));
    const passes = `grep -q 'return a + 1' a.c`;
    expect(
      (await portWith(repository, resolver(repository, answer(GOOD), { verify: shellVerify(passes, 20_000) }))).patches[0]?.status,
    ).toBe("auto");
  });
});
