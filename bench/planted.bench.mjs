/**
 * Regressions planted in a small audio library, once in upstream's history and once in a feature: does `unfork usecase compare` find each and
 * nothing else, and does `unfork usecase bisect` name its place? `node bench/planted.bench.mjs [NAME …]` takes some of them.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { makeProject } from "./planted/project.mjs";

const UNFORK = join(import.meta.dirname, "../bin/unfork.js");
const COMMITS = 24;

/** What is planted, in words; the use case and the metric that must tell it, and nothing else; how `compare` says so. */
const CASES = {
  cpu: { what: "2 % of the run's instructions more in one function", useCase: "long-call", metric: "run.instructions", counted: true },
  level: { what: "0.5 dB louder", useCase: "long-call", metric: "levelDb" },
  leak: { what: "1 kB lost per frame", useCase: "long-call", metric: "run.peakKiB" },
  channels: { what: "left and right exchanged", useCase: "long-call", metric: "balanceDb" },
  nan: { what: "the level is no number", useCase: "long-call", metric: "levelDb" },
  crash: { what: "abort on 1 input in 1,000 (4,000 inputs)", useCase: "many-inputs", metric: "crash" },
};
/** These show in both use cases, as they should. */
const ALSO = { leak: ["many-inputs run.peakKiB"], nan: ["many-inputs levelDb"], channels: ["many-inputs balanceDb"] };

const wanted = process.argv.slice(2);
const names = Object.keys(CASES).filter((name) => wanted.length === 0 || wanted.includes(name));
let wrong = 0;
console.log("| planted | where | compare says worse | bisect names | builds | s |\n| --- | --- | --- | --- | --- | --- |");
for (const name of names) for (const where of ["upstream", "feature"]) wrong += row(name, where);
console.log(wrong === 0 ? "\nall found, named, and nothing else" : `\n${wrong} not as they should be`);
process.exit(wrong === 0 ? 0 : 1);

function row(name, where) {
  const scratch = mkdtempSync(join(tmpdir(), "unfork-planted-"));
  try {
    const root = join(scratch, "tone");
    const { commits, features } = makeProject(root, { [where]: [name], commits: COMMITS });
    const told = comparedWorse(root, scratch, CASES[name]);
    const since = performance.now();
    const found = bisected(root, scratch, CASES[name]);
    const seconds = ((performance.now() - since) / 1000).toFixed(0);
    const right = where === "upstream" ? commits[name] : features[name];
    const isRight = found.culprits.length === 1 && found.culprits[0].suspects.length === 1 && found.culprits[0].suspects[0].id === right;
    const expected = [`${CASES[name].useCase} ${CASES[name].metric}`, ...(ALSO[name] ?? [])];
    const isClean = told.toSorted().join() === expected.toSorted().join();
    const named = found.culprits.map((culprit) => culpritText(culprit)).join(", ");
    const marks = [isClean ? "" : " ✖", isRight ? "" : " ✖"];
    console.log(
      `| ${CASES[name].what} | ${where} | ${told.join(", ")}${marks[0]} | ${named}${marks[1]} | ${found.builds.made} | ${seconds} |`,
    );
    return isClean && isRight ? 0 : 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Use case and metric of all that is worse or crashed. */
function comparedWorse(root, scratch, { counted, useCase }) {
  unfork(root, scratch, ["upgrade", "--until", "link", "--quiet"], [0]);
  const plain = unfork(root, scratch, ["usecase", "compare", "--json", "--quiet"], [0, 1]);
  const results = [...plain.results, ...plain.measurements];
  const worse = results.flatMap(({ id, metrics }) =>
    metrics.filter(({ verdict }) => verdict === "worse").map((metric) => `${id} ${metric.id}`),
  );
  const crashed = plain.results.filter(({ verdict }) => verdict === "crashed").map(({ id }) => `${id} crash`);
  const profiled = unfork(root, scratch, ["usecase", "compare", "long-call", "--callgrind", "--json", "--quiet"], [0, 1]);
  const instructions = profiled.profiles.filter(({ metric }) => metric?.verdict === "worse").map(() => `${useCase} run.instructions`);
  return [...new Set([...worse, ...crashed, ...(counted || instructions.length > 0 ? instructions : [])])];
}

function bisected(root, scratch, { useCase, metric, counted }) {
  const words = ["usecase", "bisect", useCase, metric, "--json", "--quiet", ...(counted ? ["--callgrind"] : [])];
  return unfork(root, scratch, words, [0, 1]);
}

function culpritText({ suspects, change, functions }) {
  const [{ kind, id }] = suspects;
  const shown = kind === "commit" ? `commit ${id.slice(0, 8)}` : `feature ${id}`;
  const size = change.relative
    ? ` (${change.value.toFixed(2)} %${functions.length === 0 ? "" : ` in ${functions[0].name.split("(")[0]}`})`
    : "";
  return suspects.length > 1 ? `${shown} or ${suspects.length - 1} more` : `${shown}${size}`;
}

function unfork(root, scratch, words, codes) {
  const env = { ...process.env, UNFORK_CACHE: join(scratch, "cache") };
  const result = spawnSync(process.execPath, [UNFORK, ...words], { cwd: root, encoding: "utf8", env, maxBuffer: 2 ** 28 });
  if (!codes.includes(result.status))
    throw new Error(`unfork ${words.join(" ")} ended with ${result.status}\n${result.stderr}${result.stdout}`);
  return words.includes("--json") ? JSON.parse(result.stdout) : undefined;
}
