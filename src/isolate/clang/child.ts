/** Owns the child process that asks libclang: one question as JSON on stdin, one answer as JSON on stdout. */
import { readFileSync, writeSync } from "node:fs";

import type { UnitQuestion } from "./model.js";
import { probeUnit } from "./probe-unit.js";

const question = JSON.parse(readFileSync(0, "utf8")) as UnitQuestion;
writeSync(1, JSON.stringify(probeUnit(question)));
