/** Owns the child process that reads headers by libclang: a question as JSON on stdin, the answer as JSON on stdout. */
import { readFileSync, writeSync } from "node:fs";

import type { SnapshotQuestion } from "../model.js";
import { readUnit } from "./read-unit.js";

const question = JSON.parse(readFileSync(0, "utf8")) as SnapshotQuestion;
const answer = Buffer.from(JSON.stringify(readUnit(question)));
for (let at = 0; at < answer.length;) at += writeSync(1, answer, at);
