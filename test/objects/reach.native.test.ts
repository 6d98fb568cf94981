/** Holds the walk over relocations on compiled objects, against what the linker's own garbage collection keeps. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { reachFrom } from "../../src/objects/reach.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeTree } from "../helpers/tree.js";

const root = temporaryFolder();
const file = (name: string): string => join(root, name);

function sh(command: string): string {
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command], { cwd: root, encoding: "utf8" });
  expect(stderr, command).toBe("");
  expect(status).toBe(0);
  return stdout;
}

const OBJECTS = ["app.o", "shim.o"];
const files = () => [...OBJECTS.map((name) => ({ path: file(name), wanted: false })), { path: file("liblegacy.a"), wanted: true }];

beforeAll(() => {
  writeTree(root, {
    "legacy.cc": `namespace lib_legacy {
struct Base { virtual ~Base(); virtual int Work(); };
Base::~Base() {}
int Base::Work() { return 1; }
Base* Create() { return new Base; }
int Unused() { return 2; }
}`,
    "shim.cc": `namespace lib_legacy { struct Base; Base* Create(); }
namespace lib_latest { int Work() { return 3; } }
namespace shim {
void* Dispatch(bool legacy) { return legacy ? lib_legacy::Create() : nullptr; }
int Direct() { return lib_latest::Work(); }
}`,
    "app.cc": `namespace shim { void* Dispatch(bool); int Direct(); }
namespace app {
void* None(bool) { return nullptr; }
void* (*const kTable[])(bool) = {shim::Dispatch, None};
void* Phone(int which) { return kTable[which](true); }
int Studio() { return shim::Direct(); }
}
int main(int argc, char**) { return app::Studio() + (app::Phone(argc - 1) != nullptr); }`,
  });
  for (const name of ["legacy", "shim", "app"]) sh(`g++ -O1 -ffunction-sections -fdata-sections -c ${name}.cc`);
  sh("ar rcs liblegacy.a legacy.o");
});

describe("reachFrom", () => {
  it("finds legacy through a table of functions, and tells the way", () => {
    const { path, place, sections, unknown } = reachFrom(files(), ["app::Phone"]);
    expect(path.map((name) => name.replace(/\(.*/, ""))).toEqual(["app::Phone", "app::kTable", "shim::Dispatch", "lib_legacy::Create"]);
    expect(place).toContain("liblegacy.a");
    expect(sections).toBeGreaterThan(1);
    expect(unknown).toEqual([]);
  });

  it("finds nothing where a use case calls the other flavor only, and names an entry that is not there", () => {
    expect(reachFrom(files(), ["app::Studio"])).toMatchObject({ sections: 0, path: [] });
    expect(reachFrom(files(), ["app::Studio", "app::Radio"])).toMatchObject({ unknown: ["app::Radio"] });
  });

  it("reaches what the linker keeps when sections are collected from the same function", () => {
    for (const [entry, keeps] of [
      ["_ZN3app5PhoneEi", true],
      ["_ZN3app6StudioEv", false],
    ] as const) {
      sh(`g++ -shared -nostdlib -Wl,--gc-sections,-e,${entry} -o ${entry}.out -Wl,-z,undefs -fno-pic ${OBJECTS.join(" ")} liblegacy.a -Wl,--version-script=/dev/stdin <<'END'
{ local: *; };
END`);
      const members = sh(`nm ${entry}.out`)
        .split("\n")
        .filter((line) => line.includes("lib_legacy"));
      expect(members.length > 0).toBe(keeps);
      expect(reachFrom(files(), [entry]).sections > 0).toBe(keeps);
    }
  });
});
