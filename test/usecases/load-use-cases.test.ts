/** Owns the claims about reading the register. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

import { loadUseCases } from "../../src/usecases/load-use-cases.js";

const VALID = `id: music
name: Music
owner: sound
purpose: Keeps music whole.
run: ["{program}", "--flavor", "{flavor}", "--out", "{out}/out.wav"]
outputs: [out.wav]
metrics:
  - id: quality.level
    name: level
    unit: dBFS
    direction: target
    target: -20
    margin: 1
`;
let dir = "";

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "unfork-register-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function load(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
  return await loadUseCases(dir);
}

/** The messages for one broken file, without the folder. */
async function complaint(text: string): Promise<string> {
  const error: unknown = await load({ "music.yaml": text }).then(
    () => "accepted",
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: "config-invalid" });
  return (error as Error).message.replaceAll(`${dir}/`, "");
}

test("files become use cases sorted by id, defaults filled in; other files are left alone", async () => {
  const loaded = await load({ "b.yml": VALID, "a.yaml": VALID.replace("id: music", "id: speech"), "notes.md": "no use case" });
  expect(loaded.map((useCase) => useCase.id)).toEqual(["music", "speech"]);
  expect(loaded[0]).toMatchObject({ prepare: [], timeoutSeconds: 60, metrics: [{ measured: false, relative: false }] });
});

test("an unknown key is refused with its line and the nearest valid one", async () => {
  expect(await complaint(VALID.replace("purpose", "purpos"))).toContain(
    "music.yaml:4: purpos: is not a known key (did you mean 'purpose'?)",
  );
  expect(await complaint(VALID.replace("    margin: 1", "    margins: 1"))).toContain(
    "music.yaml:13: metrics[0].margins: is not a known key (did you mean 'margin'?)",
  );
});

test("a missing key is told at the thing that lacks it", async () => {
  expect(await complaint(VALID.replace("    margin: 1\n", ""))).toBe(
    "music.yaml:8: metrics[0].margin: is missing: a value of type number is wanted",
  );
});

test("a wrong value is told with the nearest valid one", async () => {
  expect(await complaint(VALID.replace("direction: target", "direction: traget"))).toContain(
    "music.yaml:11: metrics[0].direction: 'traget' is not one of higher, lower, target (did you mean 'target'?)",
  );
  expect(await complaint(VALID.replace("margin: 1", "margin: much"))).toBe(
    "music.yaml:13: metrics[0].margin: 'much' is not of type number",
  );
  expect(await complaint(VALID.replace("margin: 1", "margin: -1"))).toContain("music.yaml:13: metrics[0].margin: -1: ");
});

test("all problems of a file are told at once, by line", async () => {
  const lines = (await complaint(VALID.replace("owner: sound\n", "").replace("margin: 1", "margin: x"))).split("\n");
  expect(lines).toEqual([
    "music.yaml:1: owner: is missing: a value of type string is wanted",
    "music.yaml:12: metrics[0].margin: 'x' is not of type number",
  ]);
});

test("an unknown placeholder is refused with the nearest valid one", async () => {
  expect(await complaint(VALID.replace("{flavor}", "{flavour}"))).toBe(
    "music.yaml:5: run: {flavour} is not a placeholder here (did you mean 'flavor'?); valid: program, flavor, inputs, out, root",
  );
  expect(await complaint(`${VALID}prepare: [["make", "{out}"]]\n`)).toContain("music.yaml:14: prepare[0]: {out} is not a placeholder here");
});

test("an output outside its folder is refused", async () => {
  expect(await complaint(VALID.replace("[out.wav]", "[../out.wav]"))).toBe(
    "music.yaml:6: outputs[0]: '../out.wav' must be a path inside {out}",
  );
});

test("a metric listed twice, a target that is missing and one without meaning are refused", async () => {
  const metric = VALID.slice(VALID.indexOf("  - id"));
  expect(await complaint(VALID + metric)).toBe("music.yaml:14: metrics[1].id: 'quality.level' is listed twice");
  expect(await complaint(VALID.replace("    target: -20\n", ""))).toContain("metrics[0].target: is missing");
  expect(await complaint(VALID.replace("direction: target", "direction: lower"))).toContain("has no meaning with direction 'lower'");
});

test("a joint run must name outputs that the single run has", async () => {
  const both = `both:\n  run: ["{program}", "--both"]\n  outputs: [{ file: put.wav, legacy: a.wav, latest: /b.wav }]\n`;
  expect(await complaint(VALID + both)).toBe(
    "music.yaml:16: both.outputs[0].latest: '/b.wav' must be a path inside {out}\n" +
      "music.yaml:16: both.outputs[0].file: 'put.wav' is not one of the outputs (did you mean 'out.wav'?)",
  );
  expect(await complaint(VALID + both.replace("--both", "{flavor}"))).toContain("both.run: {flavor} is not a placeholder here");
});

function toleranceComplaint(text: string): Promise<string> {
  return complaint(`${VALID}tolerance:\n  ${text}\n`);
}

test("a tolerance must name an output, and say how far numbers may lie apart", async () => {
  expect(await toleranceComplaint("put.wav: { kind: exact }")).toMatch(
    /^music\.yaml:\d+: tolerance\.put\.wav: 'put\.wav' is not one of the outputs \(did you mean 'out\.wav'\?\)$/,
  );
  expect(await toleranceComplaint("out.wav: { kind: numbers }")).toContain("wants absolute, relative or ulp");
  expect(await toleranceComplaint('out.wav: { kind: command, run: ["cmp", "{legcy}", "{latest}"] }')).toContain(
    "{legcy} is not a placeholder here",
  );
});

test("two files with one id are refused, both named", async () => {
  const error: unknown = await load({ "a.yaml": VALID, "b.yaml": VALID }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "config-invalid", message: `${dir}/b.yaml:1: id: 'music' is already the id of ${dir}/a.yaml` });
});

test("what is no YAML, or an empty file, is refused with its line", async () => {
  expect(await complaint("id: a\nname: [x\nowner: y\n")).toMatch(/^music\.yaml:\d: not valid YAML: /);
  expect(await complaint("id: a\nid: b\n")).toBe("music.yaml:2: not valid YAML: Map keys must be unique");
  expect(await complaint("")).toBe("music.yaml:1: null is not of type object");
});

test("an empty folder and a missing one are refused", async () => {
  await expect(loadUseCases(dir)).rejects.toMatchObject({ code: "config-invalid" });
  await expect(loadUseCases(join(dir, "none"))).rejects.toMatchObject({ code: "input-missing" });
});

const TYPED = `import { defineUseCase } from "unfork";
import { margin } from "./parts/margins.ts";
const metrics = [{ id: "level", name: "level", unit: "dB", direction: "higher" as const, margin }];
`;

function typed(id: string, more = ""): string {
  return `defineUseCase({ id: "${id}", name: "n", owner: "o", purpose: "p", run: ["{program}", "{flavor}"], metrics, ${more} })`;
}

async function typedComplaint(text: string): Promise<string> {
  await mkdir(join(dir, "parts"), { recursive: true });
  await writeFile(join(dir, "parts/margins.ts"), "export const margin: number = 2;\n");
  const error: unknown = await load({ "music.ts": text }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "config-invalid" });
  return (error as Error).message.replaceAll(`${dir}/`, "");
}

test("a TypeScript file exports a use case or a list of them, and may import from below", async () => {
  await mkdir(join(dir, "parts"));
  await writeFile(join(dir, "parts/margins.ts"), "export const margin: number = 2;\n");
  const list = `${TYPED}export default ["b", "c"].map((id) => ({ ...${typed("x")}, id }));\n`;
  const loaded = await load({ "one.ts": `${TYPED}export default ${typed("a")};\n`, "more.ts": list, "d.yaml": VALID });
  expect(loaded.map(({ id }) => id)).toEqual(["a", "b", "c", "music"]);
  expect(loaded[0]).toMatchObject({ timeoutSeconds: 60, metrics: [{ margin: 2, measured: false }], flavors: { legacy: { runs: true } } });
});

test("a broken TypeScript file is refused by file and key", async () => {
  expect(await typedComplaint(`${TYPED}export default ${typed("a", "timeoutSeconds: -1")};`)).toMatch(/^music\.ts: timeoutSeconds: -1: /);
  expect(await typedComplaint(`${TYPED}export default [${typed("a")}, ${typed("b", "purpos: 1")}];`)).toContain(
    "music.ts: [1].purpos: is not a known key (did you mean 'purpose'?)",
  );
  expect(await typedComplaint(`${TYPED}export default [${typed("a")}, ${typed("a")}];`)).toContain(
    "music.ts: [1].id: 'a' is already the id",
  );
  expect(await typedComplaint("export {};\n")).toBe("music.ts: has no default export");
  expect(await typedComplaint("throw new Error('not today');\n")).toBe("music.ts: cannot be loaded: not today");
});

test("flavors and inputs are checked by key", async () => {
  expect(await complaint(`${VALID}flavors: { legacy: { run: false } }\n`)).toContain(
    "music.yaml:14: flavors.legacy.run: is not a known key (did you mean 'runs'?); known here: arguments, environment, runs",
  );
  expect(await complaint(`${VALID}flavors: { latest: { runs: false } }\n`)).toContain("flavors.latest.runs: latest must run it");
  expect(await complaint(`${VALID}flavors: { latest: { arguments: ["{outt}"] } }\n`)).toContain("flavors.latest.arguments: {outt} is not");
  expect(await complaint(`${VALID}flavors: { legacy: { runs: false } }\ntolerance: { out.wav: { kind: exact } }\n`)).toContain(
    "music.yaml:15: tolerance: has no meaning where legacy does not run",
  );
  expect(await complaint(`${VALID}inputs: [{ file: ../a.wav }]\n`)).toContain(
    "music.yaml:14: inputs[0].file: '../a.wav' must be a path below",
  );
  expect(await complaint(`${VALID}inputs: [{ file: a.wav, sha256: 12 }]\n`)).toContain(
    "music.yaml:14: inputs[0].sha256: 12 is not of type string",
  );
});
