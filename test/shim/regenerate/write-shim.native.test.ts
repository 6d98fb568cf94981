import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { writeSnapshot } from "../../../src/api/snapshot-file.js";
import { loadShim, type ShimRequest } from "../../../src/shim/load-shim.js";
import { readShimManifest } from "../../../src/shim/read-manifest.js";
import { writeShim } from "../../../src/shim/write-shim.js";
import { checkCompile } from "../../../src/shim/check/check-compile.js";
import { checkFreshness } from "../../../src/shim/check/check-freshness.js";
import { listFiles } from "../../../src/support/fs.js";
import { findLibclang } from "../../../src/toolchain/libclang/find-libclang.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { LAB, snapshotOf } from "../lab.js";

const missing = (await findLibclang()) === undefined ? ["libclang"] : [];

describe.skipIf(missing.length > 0)(`the folder of a shim (skipped when not installed: ${missing.join(", ") || "none"})`, () => {
  const folder = temporaryFolder();
  const out = join(folder, "out");
  const request: ShimRequest = {
    flavors: [
      { name: "legacy", release: "1", file: join(folder, "legacy.json") },
      { name: "latest", release: "2", file: join(folder, "latest.json") },
    ],
    surface: undefined,
    library: "lab",
    apps: [],
  };
  const generate = async (dryRun = false, asked = request) => writeShim(out, await loadShim(asked), asked, dryRun);
  const header = join(out, "include/lab_shim/lab_shim.h");

  beforeAll(async () => {
    for (const flavor of ["legacy", "latest"])
      await writeSnapshot(join(folder, `${flavor}.json`), await snapshotOf(join(LAB, flavor), "lab.h"));
    await generate();
  });

  it("holds units, header, forwarding headers, CMake, coverage and a manifest that can be read", async () => {
    const files = await listFiles(out);
    expect(files.filter((path) => !path.startsWith(".generated/"))).toEqual(
      expect.arrayContaining(["CMakeLists.txt", "coverage.md", "include/lab_shim/lab.h", "include/lab_shim/lab_shim.h", "shim.json"]),
    );
    const manifest = readShimManifest(join(out, "shim.json"));
    expect(manifest.headers).toEqual([{ from: "lab.h", to: "lab_shim/lab.h" }]);
    expect(manifest.names).toContainEqual({
      from: "lab::Listener",
      to: "lab_shim::Listener",
      kind: "interface",
      header: "lab_shim/lab_shim.h",
    });
    expect(manifest.names).toContainEqual({
      from: "lab::kModeFast",
      to: "lab_shim::kModeFast",
      kind: "enumerator",
      header: "lab_shim/lab_shim.h",
    });
    expect(manifest.items).toContainEqual(
      expect.objectContaining({ kind: "method", name: "lab_shim::Book::size()", legacy: expect.stringMatching(/^lab\.h:\d+$/) }),
    );
  });

  it("writes nothing when nothing changed, and the same bytes again", async () => {
    const before = await readFile(join(out, "shim.json"));
    const { regeneration } = await generate();
    expect(regeneration.changes.filter(({ outcome }) => outcome.status !== "same")).toEqual([]);
    expect(await readFile(join(out, "shim.json"))).toEqual(before);
  });

  it("keeps edits while the surface changes, and drops what is not generated any more", async () => {
    const text = await readFile(header, "utf8");
    await writeFile(header, text.replace(/(  \/\/ unfork:begin-hand Book\n)/, "$1  int CountTwice() const { return 2 * size(); }\n"));
    const surface = join(folder, "surface.yaml");
    await writeFile(surface, "library: lab\nexclude: [lab::LoudBook]\n");
    const { regeneration } = await generate(false, { ...request, surface, library: undefined });
    expect(regeneration.problems).toEqual([]);
    const after = await readFile(header, "utf8");
    expect(after).toContain("CountTwice");
    expect(after).not.toContain("LoudBook");
    await generate();
    expect(await readFile(header, "utf8")).toContain("class LoudBook");
  });

  it("leaves everything as it is when a region has no place any more, and reports its text", async () => {
    const surface = join(folder, "surface.yaml");
    await writeFile(surface, "library: lab\nexclude: [lab::Book, lab::LoudBook]\n");
    const before = await readFile(header, "utf8");
    const { regeneration, orphans } = await generate(false, { ...request, surface, library: undefined });
    expect(regeneration.problems).toMatchObject([
      { path: "include/lab_shim/lab_shim.h", outcome: { reason: "region Book has no place any more" } },
    ]);
    expect(await readFile(header, "utf8")).toBe(before);
    expect(orphans).toEqual(["include/lab_shim/lab_shim.h.orphan"]);
    expect(await readFile(join(out, orphans[0] as string), "utf8")).toContain("CountTwice");
    await rm(join(out, orphans[0] as string));
  });

  it("touches nothing on a dry run", async () => {
    const unit = join(out, "src/lab_shim_latest.cc");
    await rm(unit);
    const { regeneration } = await generate(true);
    expect(regeneration.changes).toContainEqual(
      expect.objectContaining({ path: "src/lab_shim_latest.cc", outcome: expect.objectContaining({ status: "restored" }) }),
    );
    await expect(readFile(unit)).rejects.toThrow("ENOENT");
    await generate();
    expect(await readFile(unit, "utf8")).toContain("struct Latest");
  });

  it("is found fresh, or stale, with what is missing and edits in the way", async () => {
    const manifest = (): ReturnType<typeof readShimManifest> => readShimManifest(join(out, "shim.json"));
    await generate();
    expect(await checkFreshness(out, manifest())).toEqual([]);
    const snapshot = join(folder, "latest.json");
    const kept = await readFile(snapshot, "utf8");
    await writeFile(snapshot, kept.replaceAll("kMaxNotes", "kMostNotes"));
    const stale = await checkFreshness(out, manifest());
    expect(stale).toContainEqual(expect.objectContaining({ kind: "stale", path: "../latest.json" }));
    expect(stale).toContainEqual(expect.objectContaining({ kind: "stale", path: "include/lab_shim/lab_shim.h" }));
    await writeFile(snapshot, kept.replaceAll("kMaxNotes", "kMostNotes"));
    const text = await readFile(header, "utf8");
    await writeFile(header, text.replace("kMaxNotes = 8", "kMaxNotes = 9"));
    const line = text.split("\n").findIndex((one) => one.includes("kMaxNotes = 8")) + 1;
    expect(await checkFreshness(out, manifest())).toContainEqual(
      expect.objectContaining({ kind: "conflict", path: "include/lab_shim/lab_shim.h", line }),
    );
    await writeFile(header, text);
    await writeFile(snapshot, kept);
    await rm(join(out, "src/lab_shim_latest.cc"));
    expect(await checkFreshness(out, manifest())).toEqual([
      { kind: "missing", path: "src/lab_shim_latest.cc", line: 0, text: "it is not there: generate again" },
    ]);
    await generate();
  });

  it("says which unit does not compile, and where", async () => {
    const includes = new Map(["legacy", "latest"].map((flavor) => [flavor, [join(LAB, flavor)]]));
    const asked = { includes, compilers: ["g++"], standard: "c++17", flags: ["-fsyntax-only"] };
    const good = await checkCompile(out, readShimManifest(join(out, "shim.json")), asked);
    expect(good).toEqual({ findings: [], compiled: 6 });
    const none = new Map([["legacy", [join(LAB, "legacy")]]]);
    const { findings } = await checkCompile(out, readShimManifest(join(out, "shim.json")), { ...asked, includes: none });
    expect(findings).toHaveLength(3);
    expect(findings[0]).toMatchObject({ kind: "does-not-compile", path: "src/lab_shim_latest.cc" });
    expect(findings[0]?.text).toMatch(/lab_shim_latest\.cc:\d+: lab\.h: No such file/);
  }, 120_000);

  it("covers what an application's tree uses, by its tokens", async () => {
    const app = join(folder, "app");
    await import("node:fs/promises").then(({ mkdir }) => mkdir(app, { recursive: true }));
    await writeFile(join(app, "one.cc"), '#include "lab.h"\nint main() { return lab::Book::Count(); }\n');
    await writeFile(join(app, "two.cc"), '#include "lab.h"\nusing namespace lab;\nGrade grade = Grade::kLow;\n');
    const shim = await loadShim({ ...request, apps: [app] });
    expect(shim.used.map(({ name, place }) => [name, place.slice(app.length + 1)])).toEqual([
      ["lab::Book", "one.cc:2"],
      ["lab::Grade", "two.cc:3"],
    ]);
    expect(shim.plan.classes.map(({ name }) => name)).not.toContain("LoudBook");
    expect(shim.plan.functions).toEqual([]);
  });
});
