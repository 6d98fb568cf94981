/** Holds `unfork api diff` at the command line: formats, files, exit codes, errors. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { apiDiffSchema } from "../../src/model/api-diff.js";
import type { ApiSnapshot } from "../../src/model/api-snapshot.js";
import { packageRoot } from "../../src/support/version.js";
import { aClass, INT, method, snapshot, VOID } from "../api/diff/builders.js";
import { temporaryFolder } from "../helpers/temp.js";

const BIN = join(packageRoot(), "bin/unfork.js");
const root = temporaryFolder();

function diff(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, "api", "diff", ...args], { cwd: root, encoding: "utf8" });
  return { status, stdout, stderr };
}

function write(file: string, value: ApiSnapshot | string): void {
  writeFileSync(join(root, file), typeof value === "string" ? value : JSON.stringify(value));
}

describe("unfork api diff", () => {
  beforeAll(() => {
    write("old.json", snapshot([aClass("rtc::Meter", { methods: [method("Read", INT), method("Gone", VOID)] })]));
    write("new.json", snapshot([aClass("audio::Meter", { methods: [method("Read", INT)] })]));
    write("map.yaml", "namespaces:\n  rtc: audio\n");
    write("two.json", snapshot([aClass("rtc::Meter"), aClass("audio::Meter", { place: { file: "other.h", line: 7 } })]));
  });

  it("exits with 0 whatever differs, and with 1 under --fail-on", () => {
    expect(diff("old.json", "new.json", "--map", "map.yaml").status).toBe(0);
    expect(diff("old.json", "new.json", "--map", "map.yaml", "--fail-on", "by-hand").status).toBe(1);
    expect(diff("new.json", "new.json", "--fail-on", "difference").status).toBe(0);
  });

  it("writes one document under --json, and several formats into files", () => {
    const { stdout } = diff("old.json", "new.json", "--map", "map.yaml", "--json");
    expect(apiDiffSchema.parse(JSON.parse(stdout)).summary.statuses["only-legacy"]).toBe(1);
    diff("old.json", "new.json", "--reporter", "html", "markdown", "--output", "out.html", "out.md");
    expect(readFileSync(join(root, "out.html"), "utf8")).toMatch(/^<!doctype html>/);
    expect(readFileSync(join(root, "out.md"), "utf8")).toMatch(/^# API: legacy → latest/);
  });

  it("names both classes of one side that come to one name, with their places", () => {
    const { status, stderr } = diff("two.json", "new.json", "--map", "map.yaml");
    expect(status).toBe(2);
    expect(stderr).toContain("two classes of legacy come to one name, audio::Meter: rtc::Meter (meter.h:1) and audio::Meter (other.h:7)");
  });

  it("tells of a map's key that fits nothing, of a broken map, and of a file that is no snapshot", () => {
    write("odd.yaml", "names:\n  rtc::Meters: audio::Meter\n");
    expect(diff("old.json", "new.json", "--map", "odd.yaml").stderr).toContain(
      "odd.yaml: names.rtc::Meters fits nothing in either release",
    );
    write("bad.yaml", "name:\n  a: b\n");
    expect(diff("old.json", "new.json", "--map", "bad.yaml")).toMatchObject({ status: 2 });
    write("no.json", "{}");
    expect(diff("no.json", "new.json").status).toBe(2);
    expect(diff("old.json", "new.json", "--flavor", "one").stderr).toContain("--flavor needs the names of both flavors");
  });
});
