/** Owns the oracle for symbol tables: what binutils' `readelf` lists. */
import { runOk } from "../../src/support/exec.js";
import type { SymbolCounts } from "../../src/model/audit.js";
import { noCounts } from "../../src/objects/classes.js";

/** Counts per class of the `.symtab` tables in a file, by `readelf -sW`; the empty entry 0 of each table is left out. */
export async function readelfCounts(path: string): Promise<SymbolCounts> {
  const { stdout } = await runOk({ command: "readelf", args: ["-sW", path] });
  const counts = noCounts();
  let table = "";
  for (const line of stdout.toString("utf8").split("\n")) {
    table = /^Symbol table '([^']*)'/.exec(line)?.[1] ?? table;
    const entry = /^ *(\d+): [0-9a-f]+ +(?:0x)?[0-9a-f]+ (\w+) +(\w+) +\w+ +(?:\[[^\]]*\] +)?(\w+)/.exec(line);
    if (table !== ".symtab" || entry === null || Number(entry[1]) === 0) continue;
    counts[classOf(entry[2] ?? "", entry[3] ?? "", entry[4] ?? "")]++;
  }
  return counts;
}

function classOf(type: string, binding: string, section: string): keyof SymbolCounts {
  if (type === "SECTION") return "section";
  if (type === "FILE") return "file";
  if (binding === "LOCAL") return "local";
  if (section === "UND") return binding === "WEAK" ? "undefinedWeak" : "undefined";
  if (section === "COM" || section === "LARGE_COM") return "common";
  if (binding === "UNIQUE") return "unique";
  return binding === "WEAK" ? "weak" : "strong";
}
