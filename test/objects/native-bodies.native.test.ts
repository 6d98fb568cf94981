/** That the module compiled ahead gives the digests that the plain reader gives, and leaves to it what is odd. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { beforeAll, describe, expect, it } from "vitest";

import { plainDigest, plainReader } from "../../src/objects/body-digest.js";
import type { ObjectFile } from "../../src/objects/model.js";
import { type BodyModule, bodyModule } from "../../src/objects/native-bodies.js";
import { bytesSource } from "../../src/objects/file.js";
import { objectsIn, objectsOf } from "../../src/objects/open.js";
import { UnforkError } from "../../src/support/errors.js";
import { runOk } from "../../src/support/exec.js";
import { seededRandom } from "../../src/support/random.js";
import { compileObject, missingTools } from "../helpers/compile.js";
import { temporaryFolder } from "../helpers/temp.js";

const project = fileURLToPath(new URL("../../", import.meta.url));
const folder = temporaryFolder();
const missing = await missingTools("g++", "clang++");
let module: BodyModule;

beforeAll(async () => {
  const file = join(folder, "bodies.wasm");
  await compileModule("assembly/bodies/index.ts", file);
  module = bodyModule(file) as BodyModule;
});

async function compileModule(source: string, file: string): Promise<void> {
  await runOk({
    command: join(project, "node_modules/.bin/asc"),
    args: [source, "--config", "assembly/asconfig.json", "-o", file],
    cwd: project,
  });
}

/** Functions, texts, tables of jumps, static functions that call each other, constants, variables, wide texts. */
const SOURCE = `
#include <string>
struct Shape { virtual ~Shape() {} virtual int sides() const { return 0; } };
template <int N> struct Regular : Shape { int sides() const override { return N; } };
static int depth(int n);
static int deeper(int n) { return n > 9 ? n : depth(n + 1) * 3; }
__attribute__((noinline)) static int depth(int n) { return deeper(n) + 1; }
inline int counter = 7;
inline const double weights[] = {0.5, 1.25, 99.0};
inline int pick(int n) {
  switch (n) { case 1: return depth(4); case 2: return 71; case 3: return 13; case 4: return n * 17; case 5: return 3; case 7: return 29; }
  return counter++;
}
inline double weigh(int n) { return weights[n % 3] * 1.75; }
inline const wchar_t* wide() { return L"wide words"; }
inline std::string name(int n) { return n ? "one of them" : std::string("another one") + "!"; }
thread_local int own = 3;
int common_like;
Shape* make(int n) { try { if (pick(n) > 3) throw n; } catch (int) { own++; } return n ? new Regular<3> : (Shape*)new Regular<4>; }
double all(int n) { return weigh(n) + name(n).size() + wide()[n] + common_like; }
`;

/** How many digests of the object's symbols both readers have made; throws where they differ. */
function compared(object: ObjectFile): number {
  const native = module.open(object);
  if (native === undefined) return 0;
  const plain = plainReader(object);
  for (let index = 1; index < object.symbols.count; index++) {
    const digest = native(index);
    if (digest === undefined) return index - 1;
    expect(plainDigest(plain, index)).toBe(digest);
  }
  return object.symbols.count - 1;
}

describe.skipIf(missing.length > 0)(`bodies by the module compiled ahead (needs ${missing.join(", ") || "g++, clang++"})`, () => {
  it.each([
    ["g++", []],
    ["g++", ["-fPIC", "-ffunction-sections", "-fdata-sections", "-fcommon"]],
    ["clang++", []],
    ["clang++", ["-fPIC", "-ffunction-sections", "-mcmodel=large"]],
  ])("are those of the plain reader: %s %s", async (compiler, flags) => {
    for (const level of ["-O0", "-O1", "-O2", "-O3", "-Os"]) {
      const name = `${compiler}${flags.length}${level}.cc`;
      for (const object of objectsOf(await compileObject({ folder, name, source: SOURCE, compiler, flags: [level, ...flags] })))
        expect(compared(object)).toBe(object.symbols.count - 1);
    }
  });

  it("are left to the plain reader where the module has no memory for the object", async () => {
    const source = join(folder, "stops.ts");
    writeFileSync(
      source,
      "export function room(length: u32): usize { return unreachable(); }\nexport function open(): bool { return true; }\n",
    );
    await compileModule(source, join(folder, "stops.wasm"));
    const object = await compileObject({ folder, name: "left.cc", source: SOURCE, flags: ["-O1"] });
    for (const one of objectsOf(object)) expect(bodyModule(join(folder, "stops.wasm"))?.open(one)).toBeUndefined();
  });

  it("are left to the plain reader where a name runs out of its table", async () => {
    const bytes = readFileSync(await compileObject({ folder, name: "ends.cc", source: SOURCE, flags: ["-O1"] }));
    const { view, symbols } = objectIn(bytes) as ObjectFile;
    const changed = Buffer.from(bytes);
    changed.writeUInt8(0x78, symbols.strings.bytes.byteOffset - view.bytes.byteOffset + symbols.strings.bytes.length - 1);
    expect(module.open(objectIn(changed) as ObjectFile)).toBeUndefined();
    expect(module.open(objectIn(bytes) as ObjectFile)).toBeDefined();
  });

  it("are those of the plain reader, or left to it, when bits of the object are turned", async () => {
    const bytes = readFileSync(await compileObject({ folder, name: "seed.cc", source: SOURCE, flags: ["-O2"] }));
    const random = seededRandom(3);
    const below = (count: number): number => Math.floor(random() * count);
    let digests = 0;
    for (let round = 0; round < 400; round++) {
      const changed = Buffer.from(bytes);
      for (let turn = 0; turn < 1 + (round % 4); turn++) changed.writeUInt8(below(256), below(changed.length));
      digests += comparedIn(changed);
    }
    expect(digests).toBeGreaterThan(4_000);
  });
});

function comparedIn(bytes: Buffer): number {
  const object = objectIn(bytes);
  return object === undefined ? 0 : compared(object);
}

/** Undefined for what is refused. */
function objectIn(bytes: Buffer): ObjectFile | undefined {
  const open = (path: string) => bytesSource(path, bytes);
  try {
    return [...objectsIn(bytesSource("seed.o", bytes), { wanted: () => true, open })][0];
  } catch (error) {
    if (error instanceof UnforkError && error.code === "object-invalid") return undefined;
    throw error;
  }
}
