/** What objects.bench.mjs measures: every symbol with class and name, written as text; with "bodies", every definition digested too. */
import { writeSync } from "node:fs";

import { bodyDigest, bodyReader } from "../dist/objects/body.js";
import { SYMBOL_CLASSES, definesGlobal } from "../dist/objects/classes.js";
import { objectsOf } from "../dist/objects/open.js";
import { symbolName } from "../dist/objects/symbols.js";
import { expectArchiveRun } from "../dist/support/engine-flags.js";

const FLUSH_AT = 65_536;
// As the command line does.
expectArchiveRun();
const [mode, ...files] = process.argv.slice(2);
let text = "";
let digests = 0;
for (const file of files) for (const object of objectsOf(file, undefined, { inPassing: true })) readObject(object);
write();
if (mode === "bodies" && digests === 0) throw new Error("nothing was digested");
if (mode === "memory") {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.stderr.write(JSON.stringify({ maxRSS, cpu: (userCPUTime + systemCPUTime) / 1e6 }));
}

function readObject(object) {
  const { symbols } = object;
  text += `${object.place.member}:\n`;
  const reader = mode === "bodies" ? bodyReader(object) : undefined;
  for (let index = 1; index < symbols.count; index++) {
    const code = symbols.classes[index];
    text += `${SYMBOL_CLASSES[code]} ${symbolName(symbols, index)}\n`;
    if (reader !== undefined && definesGlobal(code)) digests += bodyDigest(reader, index).length;
  }
  if (text.length >= FLUSH_AT) write();
}

function write() {
  for (let bytes = Buffer.from(text); bytes.length > 0;) bytes = bytes.subarray(writeSync(1, bytes));
  text = "";
}
