/** A feature's card is told from its branches and from what somebody wrote; stale ones are found. */
import { describe, expect, it } from "vitest";

import { abortPort, continuePort, editPatch, skipPatch } from "../../../src/patches/alone/going-on.js";
import { portAlone } from "../../../src/patches/alone/port-alone.js";
import { parseEdit } from "../../../src/patches/cards/card-edits.js";
import { functionsIn } from "../../../src/patches/cards/functions-in.js";
import { listFeatures } from "../../../src/patches/cards/list-features.js";
import { setCard, showFeature } from "../../../src/patches/cards/show-feature.js";
import { staleness } from "../../../src/patches/cards/staleness.js";
import { importAlone } from "../../../src/patches/import/import-alone.js";
import { writeFileSync } from "node:fs";
import { type StackRepository, stackRepository } from "../stack/stack-repository.js";

const CODE = `#include "a.h"
static int one(int x) {
  int y = x;
  return y;
}

int Counter::two() const {
  if (full()) {
    return 2;
  }
  return 0;
}
`;

const OLD = { "a.cc": CODE, "b.txt": "b\n" };

async function withFeatures(): Promise<StackRepository> {
  const made = stackRepository({ old: OLD, new: { ...OLD, "a.cc": CODE.replace("return 2;", "return 20;") }, stack: [] });
  const { git, commit, path } = made;
  git("branch", "base/M1", "old");
  git("branch", "base/M2", "new");
  const one = commit({ ...OLD, "a.cc": CODE.replace("return 2;", "return 3;") }, git("rev-parse", "old").trim(), "Count to three");
  git("update-ref", "refs/heads/tip", one);
  const signs = {
    purpose: "Counts that no longer fit go on.",
    owner: "Counters",
    base: "M1",
    keepGoing: false,
    replace: false,
    dryRun: false,
  };
  await importAlone({ repo: path, source: "old..tip", feature: "wide-counter", ...signs });
  const two = commit(
    { ...OLD, "a.cc": CODE.replace("return 2;", "return 3;"), "b.txt": "bb\n" },
    git("rev-parse", "wide-counter/M1").trim(),
    "Tell",
  );
  git("update-ref", "refs/heads/teller/M1", two);
  return made;
}

const NOW = { staleDays: 90 };

describe("the list of features", () => {
  it("tells owner, releases, what builds on what, and what is absent on the newest base", async () => {
    const { path } = await withFeatures();
    const { features, releases } = await listFeatures({ repo: path, ...NOW });
    expect(releases).toEqual(["M1", "M2"]);
    expect(features.map(({ name, owner, dependsOn, stale }) => [name, owner, dependsOn, stale])).toEqual([
      ["teller", null, ["wide-counter"], expect.arrayContaining(["nobody owns it", "absent on M2"])],
      ["wide-counter", "Counters", [], ["absent on M2"]],
    ]);
    expect(features[0]?.releases.map(({ state, patches }) => [state, patches])).toEqual([
      ["there", 1],
      ["absent", 0],
    ]);
  });

  it("of a feature that left its base says so", async () => {
    const { path, git } = await withFeatures();
    git("update-ref", "refs/heads/stray/M2", git("rev-parse", "wide-counter/M1").trim());
    const { features } = await listFeatures({ repo: path, ...NOW });
    expect(features.find(({ name }) => name === "stray")?.stale).toContain("does not stand on base/M2");
  });

  it("shows features onto a base without a name by their cards", async () => {
    const { path } = await withFeatures();
    const more = {
      purpose: "Also on another base.",
      owner: "Others",
      base: "old",
      release: "2026.1",
      keepGoing: false,
      replace: false,
      dryRun: false,
    };
    await importAlone({ repo: path, source: "old..tip", feature: "elsewhere", ...more });
    const { features } = await listFeatures({ repo: path, ...NOW });
    expect(features.find(({ name }) => name === "elsewhere")?.releases[0]).toMatchObject({ release: "2026.1", state: "there", patches: 1 });
  });
});

describe("a feature's card", () => {
  it("names the functions that its patches change, by the tokens", async () => {
    const { path } = await withFeatures();
    const shown = await showFeature({ repo: path, feature: "wide-counter", ...NOW });
    expect(shown.files).toEqual([{ path: "a.cc", added: 1, removed: 1, functions: ["Counter::two"] }]);
    expect(shown.patches.map(({ subject, author }) => [subject, author])).toEqual([["Count to three", "A U Thor"]]);
  });

  it("keeps what is written on it, in the notes ref that a clone carries", async () => {
    const { path, git } = await withFeatures();
    const edits = ["upstream=sent:https://review.example.org/1", "reviewed=2026-01-02", "trap=Its test needs a sound card.", "owner=Audio"];
    await setCard({ repo: path, feature: "wide-counter", ...NOW }, edits.map(parseEdit));
    const shown = await showFeature({ repo: path, feature: "wide-counter", ...NOW });
    expect(shown).toMatchObject({ owner: "Audio", reviewed: "2026-01-02", traps: ["Its test needs a sound card."] });
    expect(shown.upstream).toEqual({ state: "sent", url: "https://review.example.org/1" });
    expect(JSON.parse(git("show", "refs/notes/unfork:features/wide-counter.json"))).toMatchObject({ owner: "Audio" });
  });

  it.each([
    ["reviewed=yesterday", "a day is wanted"],
    ["upstream=merged", "no state of a feature upstream"],
    ["upstream=in-upstream:xyz", "a commit's id is wanted"],
    ["purpose=no", "say in a sentence"],
    ["ownr=x", "sets nothing on a card"],
  ])("refuses %s, and stays as it was", async (edit, message) => {
    const { path, git } = await withFeatures();
    const before = git("rev-parse", "refs/notes/unfork");
    const setting = async () => await setCard({ repo: path, feature: "wide-counter", ...NOW }, [parseEdit(edit)]);
    await expect(setting()).rejects.toThrow(message);
    expect(git("rev-parse", "refs/notes/unfork")).toBe(before);
  });

  it("counts conflicts that were settled, and patches that were left out", async () => {
    const { path, git } = await withFeatures();
    const tip = git("rev-parse", "wide-counter/M1").trim();
    const port = { repo: path, series: `base/M1..${tip}`, onto: "base/M2", name: "m2", dryRun: false };
    await portAlone(port);
    const laid = await editPatch({ repo: path, name: "m2" }, undefined);
    for (const { workFile } of laid.files) writeFileSync(workFile, CODE.replace("return 2;", "return 3;"));
    await continuePort({ repo: path, name: "m2" }, { explain: "upstream's count is too large" });
    expect((await showFeature({ repo: path, feature: "wide-counter", ...NOW })).conflicts).toBe(1);
    git("update-ref", "refs/heads/base/M3", git("commit-tree", "new^{tree}", "-p", "new", "-m", "M3").trim());
    const other = commitOther(git);
    await portAlone({ ...port, onto: other, name: "other" });
    await skipPatch({ repo: path, name: "other" }, undefined, "not needed there");
    expect((await showFeature({ repo: path, feature: "wide-counter", ...NOW })).conflicts).toBe(2);
  });

  it("counts a conflict that is open as long as its port waits, which makes the feature stale", async () => {
    const { path, git } = await withFeatures();
    const port = { repo: path, series: "base/M1..wide-counter/M1", onto: "base/M2", name: "m2", dryRun: false };
    await portAlone({ ...port, dryRun: true });
    expect(await showFeature({ repo: path, feature: "wide-counter", ...NOW })).toMatchObject({ conflicts: 0, openConflicts: 0 });
    await portAlone(port);
    await portAlone(port);
    const shown = await showFeature({ repo: path, feature: "wide-counter", ...NOW });
    expect(shown).toMatchObject({ conflicts: 1, openConflicts: 1, stale: expect.arrayContaining(["1 open conflict"]) });
    await abortPort({ repo: path, name: "m2" });
    expect(await showFeature({ repo: path, feature: "wide-counter", ...NOW })).toMatchObject({ conflicts: 1, openConflicts: 0 });
    expect(git("for-each-ref", "refs/unfork")).toBe("");
  });

  it("learns from a port that upstream has the feature, and unlearns it from one onto a base that took it back", async () => {
    const { path, git, commit } = await withFeatures();
    const ours = { ...OLD, "a.cc": CODE.replace("return 2;", "return 3;") };
    const landed = commit(ours, git("rev-parse", "old").trim(), "Count to three (#12)");
    git("update-ref", "refs/heads/base/M2", landed);
    const port = { repo: path, series: "base/M1..wide-counter/M1", onto: "base/M2", name: "m2", dryRun: false };
    const [outcome] = (await portAlone(port)).patches;
    expect(outcome).toMatchObject({ status: "upstreamed", upstream: landed });
    const shown = await showFeature({ repo: path, feature: "wide-counter", ...NOW });
    expect(shown.upstream).toEqual({ state: "in-upstream", commit: landed, release: null, from: "port" });
    expect(shown.stale).toEqual([]);
    const [other] = (await listFeatures({ repo: path, ...NOW })).features;
    expect([other?.name, other?.upstream]).toEqual(["teller", { state: "never" }]);
    const back = commit(OLD, landed, `Revert "Count to three"\n\nThis reverts commit ${landed}.`);
    git("update-ref", "refs/heads/base/M3", back);
    await portAlone({ ...port, onto: "base/M3", name: "m3" });
    expect((await showFeature({ repo: path, feature: "wide-counter", ...NOW })).upstream).toEqual({ state: "never" });
  });

  it("of a feature that is not there names the nearest", async () => {
    const { path } = await withFeatures();
    await expect(showFeature({ repo: path, feature: "wide-countr", ...NOW })).rejects.toThrow("there is no feature wide-countr");
  });
});

/** A commit on `new` in which the line is another once more. */
function commitOther(git: StackRepository["git"]): string {
  git("checkout", "-q", "--detach", "new");
  writeFileSync(`${git("rev-parse", "--show-toplevel").trim()}/a.cc`, CODE.replace("return 2;", "return 200;"));
  git("commit", "-qam", "count to 200");
  return git("rev-parse", "HEAD").trim();
}

describe("functions of a file", () => {
  const cases: readonly [string, string, string[]][] = [
    ["methods in classes and namespaces", "namespace n {\nclass A : B {\n  int f() const override { return 1; }\n};\n}\n", ["f"]],
    ["destructors and qualified names", "a::B::~B() {\n}\nint a::b::c(int) {\n}\n", ["a::B::~B", "a::b::c"]],
    ["functions that return a struct", "struct s make(void) {\n}\n", ["make"]],
    ["no initializers, enums or extern blocks", 'int t[] = { f(1) };\nenum e { A };\nextern "C" {\nvoid g() {}\n}\n', ["g"]],
    ["no macros' bodies", "#define F(x) void x() { }\nvoid h() {}\n", ["h"]],
  ];
  it.each(cases)("are told: %s", (_what, code, names) => {
    expect(functionsIn(Buffer.from(code)).map(({ name }) => name)).toEqual(names);
  });
});

describe("staleness", () => {
  const fresh = {
    owner: "A",
    created: "2026-01-01",
    reviewed: null,
    upstream: { state: "never" as const },
    openConflicts: 0,
    releases: [],
    astray: [],
  };
  it("counts from the last review, else from the first day", () => {
    expect(staleness(fresh, 90, "2026-03-01")).toEqual([]);
    expect(staleness(fresh, 90, "2026-06-01")).toEqual(["never reviewed in 151 days"]);
    expect(staleness({ ...fresh, reviewed: "2026-05-01" }, 90, "2026-06-01")).toEqual([]);
    expect(staleness({ ...fresh, reviewed: "2026-01-02" }, 90, "2026-06-01")).toEqual(["not reviewed for 150 days"]);
  });
});
