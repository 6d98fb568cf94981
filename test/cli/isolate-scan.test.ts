/** Holds `unfork isolate scan` at the command line: its text, its JSON, its places, its exit codes. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

import { isolationScanSchema } from "../../src/model/isolation-scan.js";
import { packageRoot } from "../../src/support/version.js";
import { temporaryFolder } from "../helpers/temp.js";

const BIN = join(packageRoot(), "bin/unfork.js");

function scan(files: Readonly<Record<string, string>>, ...args: string[]) {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, "isolate", "scan", ".", ...args], { cwd: root, encoding: "utf8" });
  return { status, stdout, stderr };
}

const METER = {
  "meter.h": "#ifndef METER_H\n#define METER_H\nnamespace meter { int level(int x); }\n#endif\n",
  "meter.cc":
    '#include "meter.h"\nnamespace meter { int level(int x) { return x; } }\nint meter_open(void) { return meter::level(1); }\nconst char* kName = "Meter.Level.High";\n',
};
const PROTO = { ...METER, "a.proto": "package meter.a;\n" };
const UNDECIDED = { ...METER, "odd.cc": "METER_ODD(meter)\n" };

describe("unfork isolate scan", () => {
  it("tells constructs, strings and what would be renamed", () => {
    const { status, stdout } = scan(METER);
    expect(status).toBe(0);
    expect(stdout).toMatch(/renames +meter \(2\)/);
    expect(stdout).toMatch(/✔ +namespace definitions +2 +meter +meter\.cc:2 meter/);
    expect(stdout).toMatch(/metric and histogram keys +1 +1/);
    expect(stdout).toMatch(/\d+ edits in 2 files · 0 undecided · 0 to decide/);
  });

  it("prints one document under --json that fits the schema, without notes among it", () => {
    const { status, stdout } = scan(METER, "--json");
    expect(status).toBe(0);
    expect(isolationScanSchema.parse(JSON.parse(stdout)).renames.names.map(({ name }) => name)).toContain("meter_open");
  });

  it("lists the places of one construct or class of strings", () => {
    expect(scan(METER, "--places", "namespaces").stdout).toBe("meter.cc:2: meter (meter)\nmeter.h:3: meter (meter)\n");
    expect(scan(METER, "--places", "metric").stdout).toBe('meter.cc:4: "Meter.Level.High"\n');
    expect(scan(METER, "--places", "objective-c")).toMatchObject({ status: 0, stdout: "" });
  });

  it("exits with 1 when something must be decided, as --fail-on says", () => {
    expect(scan(PROTO).status).toBe(1);
    expect(scan(PROTO, "--fail-on", "never").status).toBe(0);
    expect(scan(UNDECIDED)).toMatchObject({ status: 1, stdout: expect.stringContaining("odd.cc:1 'meter'") });
    expect(scan({ ...METER, "f.cc": 'ABSL_FLAG(bool, on, true, "");\n' }, "--fail-on", "warning").status).toBe(1);
  });

  it("takes a policy, and says when the input is wrong", () => {
    const { stdout } = scan({ ...METER, "p.yaml": "keep: [meter_open]\n" }, "--policy", "p.yaml", "--json");
    expect(isolationScanSchema.parse(JSON.parse(stdout)).renames.names.map(({ name }) => name)).toEqual(["kName"]);
    expect(scan(METER, "--namespace", "metre")).toMatchObject({ status: 2, stderr: expect.stringContaining("did you mean 'meter'?") });
    expect(scan({ "a.txt": "" })).toMatchObject({ status: 2 });
    expect(scan(METER, "--places", "nonsense").status).toBe(2);
  });
});
