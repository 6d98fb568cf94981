/** Holds the layer rules of docs/ARCHITECTURE.md: reads the import lines of src/ and states each rule with its reason. */
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../src", import.meta.url));

/** Rooms by rank, highest first; imports go down only, and never between rooms of one rank. */
const RANKS: readonly (readonly string[])[] = [
  ["cli"],
  ["server"],
  ["pipeline"],
  ["patches", "isolate", "audit", "shim", "usecases", "experiment"],
  ["api", "build", "sources", "objects", "store"],
  ["tokens", "stats", "git", "toolchain"],
  ["config", "report"],
  ["support"],
  ["model"],
];

interface Import {
  readonly from: string;
  readonly line: number;
  readonly target: string;
  readonly fromRoom: string;
  /** The room of a relative import, or null for a package. */
  readonly toRoom: string | null;
}

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
const imports = files.flatMap(importsOf);

function importsOf(path: string): Import[] {
  const lines = readFileSync(join(SRC, path), "utf8").split("\n");
  return lines.flatMap((text, index) => {
    const target = /(?:\bfrom|^import|\bimport\()\s*"([^"]+)"/.exec(text)?.[1];
    if (target === undefined) return [];
    const inside = target.startsWith(".") ? normalize(join(dirname(path), target)) : null;
    return [{ from: path, line: index + 1, target, fromRoom: roomOf(path), toRoom: inside === null ? null : roomOf(inside) }];
  });
}

/** The first folder; the public API in src/index.ts is a room above all others. */
function roomOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : "index";
}

function rankOf(room: string): number {
  return RANKS.findIndex((rank) => rank.includes(room));
}

function places(found: readonly Import[]): string[] {
  return found.map(({ from, line, target }) => `src/${from}:${line} imports ${target}`);
}

describe("the layers of the house", () => {
  it("has a rank for every room, so that no folder escapes the rules", () => {
    const rooms = new Set(files.map(roomOf));
    rooms.delete("index");
    expect([...rooms].filter((room) => rankOf(room) === -1)).toEqual([]);
  });

  it("reads import lines at all (a reader that finds none would pass every rule)", () => {
    expect(imports.filter((one) => one.toRoom !== null && one.toRoom !== one.fromRoom).length).toBeGreaterThan(50);
  });

  it("imports go down only, so that the core never depends on what drives it", () => {
    const bad = imports.filter(
      (one) => one.fromRoom !== "index" && one.toRoom !== null && one.toRoom !== one.fromRoom && rankOf(one.toRoom) <= rankOf(one.fromRoom),
    );
    expect(places(bad)).toEqual([]);
  });

  it("config is imported only by cli, server and pipeline, so that every domain folder works without a config file", () => {
    const bad = imports.filter(
      (one) => one.toRoom === "config" && !["config", "cli", "server", "pipeline", "index"].includes(one.fromRoom),
    );
    expect(places(bad)).toEqual([]);
  });

  it("report sees only model and support, so that a report is a function of one value", () => {
    const bad = imports.filter(
      (one) => one.fromRoom === "report" && one.toRoom !== null && !["report", "model", "support"].includes(one.toRoom),
    );
    expect(places(bad)).toEqual([]);
  });

  it("report is called by cli, server and pipeline only", () => {
    const bad = imports.filter((one) => one.toRoom === "report" && !["report", "cli", "server", "pipeline"].includes(one.fromRoom));
    expect(places(bad)).toEqual([]);
  });

  it("child processes start only in support/exec.ts, so that each is logged, marked and killed in one place", () => {
    const bad = imports.filter((one) => /^(node:)?child_process$/.test(one.target) && one.from !== "support/exec.ts");
    expect(places(bad)).toEqual([]);
  });

  it("randomness and the clock come from support only, so that results can be repeated", () => {
    const bad = files.filter(
      (path) =>
        !path.startsWith("support/") &&
        /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\brandomBytes\(/.test(readFileSync(join(SRC, path), "utf8")),
    );
    expect(bad).toEqual([]);
  });

  it("only cli writes to the terminal, so that the core can serve a page or a test as well", () => {
    const bad = files.filter(
      (path) => !path.startsWith("cli/") && /\bconsole\.|process\.(stdout|stderr)\b/.test(readFileSync(join(SRC, path), "utf8")),
    );
    expect(bad).toEqual([]);
  });

  it("has no default exports, so that a name is the same everywhere", () => {
    expect(files.filter((path) => /^export default/m.test(readFileSync(join(SRC, path), "utf8").replaceAll(/`[^`]*`/g, "``")))).toEqual([]);
  });
});
