/** Owns the claims about use cases that go wrong as badly as they can: each is told as what it is, and the others go on. */
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";

import { useCaseSchema } from "../../src/model/use-case.js";
import type { UseCaseResult } from "../../src/model/use-case.js";
import { packageRoot } from "../../src/support/version.js";
import { findTool } from "../../src/toolchain/find-tool.js";
import { upstreamFrames } from "../../src/pipeline/upstream-frames.js";
import { framesIn } from "../../src/usecases/measure/debugger-stack.js";
import { runUseCases } from "../../src/usecases/run-use-cases.js";
import { temporaryFolder } from "../helpers/temp.js";

const root = temporaryFolder();
const gdb = await findTool("gdb");
const program = join(root, "levels");

const METRIC = { id: "sum", name: "sum", unit: "", direction: "higher", margin: 1 };

/** What the latest flavor does; legacy gives its figure. */
const DEEDS: Readonly<Record<string, string>> = {
  // At most 512, should nothing stop it.
  forks: "for (1 .. 9) { fork } sleep 20",
  daemons: 'use POSIX; for (1 .. 40) { if (!fork) { POSIX::setsid(); fork and exit; sleep 30 } } print qq({"sum": 1}\\n); exit',
  memory: 'my @x; push @x, "a" x 1_000_000 while 1',
  disk: 'my $n = 0; while (1) { open(my $f, ">", "$out/f" . $n++); print $f "a" x 8_000_000; close $f; select undef, undef, undef, 0.01 }',
  temporary:
    'my $n = 0; while (1) { open(my $f, ">", $ENV{q(TMPDIR)} . "/f" . $n++); print $f "a" x 8_000_000; close $f; select undef, undef, undef, 0.01 }',
  binary: "print pack('N*', map { $_ * 2654435761 % 2**32 } 1 .. 100_000)",
  line: 'print "{", "\\"a\\":1," x 1_000_000, "\\"sum\\": 1}\\n"',
  nested: 'print "[" x 3_000_000, "\\n"',
  folder: 'unlink "$out/o"; mkdir "$out/o"; print qq({"sum": 1}\\n)',
  pipe: 'unlink "$out/o"; system "mkfifo", "$out/o"; print qq({"sum": 1}\\n)',
};

function deed(id: string) {
  const script = `my ($flavor, $out) = @ARGV; open(my $o, ">", "$out/o"); close $o; if ($flavor eq "latest") { ${DEEDS[id]} } else { print qq({"sum": 1}\\n) }`;
  return useCaseSchema.parse({
    id,
    name: id,
    owner: "o",
    purpose: "p",
    run: ["perl", "-e", script, "{flavor}", "{out}"],
    outputs: ["o"],
    metrics: [METRIC],
    limits: { processes: 60, memoryMiB: 200, diskMiB: 64 },
    timeoutSeconds: 8,
  });
}

function planted(id: string) {
  const run = ["{program}", "--flavor", "{flavor}", "--out", "{out}", "--plant", id];
  return useCaseSchema.parse({ id, name: id, owner: "o", purpose: "p", run, metrics: [METRIC], timeoutSeconds: 1 });
}

let results: ReadonlyMap<string, UseCaseResult> = new Map();
beforeAll(async () => {
  const source = join(packageRoot(), "test/fixtures/usecases/levels.cc");
  expect(spawnSync("g++", ["-O1", "-g", source, "-o", program]).status).toBe(0);
  const useCases = [...Object.keys(DEEDS).map(deed), ...["crash", "hang", "none"].map(planted)];
  const places = { program, root, inputs: join(root, "inputs"), out: join(root, "out"), repeat: 1, jobs: 2 };
  const compared = await runUseCases({ useCases, ...places, nameFrames: upstreamFrames(program) });
  results = new Map(compared.results.map((result) => [result.id, result]));
}, 60_000);

describe("among use cases that do their worst", () => {
  test.each([
    ["forks", "latest: had more than 60 processes and threads, killed"],
    ["memory", "latest: out of memory: took more than 200 MiB, killed"],
    ["disk", "latest: took more than 64 MiB of disk, killed"],
    ["temporary", "latest: took more than 64 MiB of disk, killed"],
    ["binary", "latest: no JSON object in the last line of its output"],
    ["line", "latest: no JSON object in the last line of its output"],
    ["nested", "latest: no JSON object in the last line of its output"],
    ["folder", "latest: o is not a file"],
    ["pipe", "latest: o is not a file"],
    ["hang", "latest: no end after 1 s, killed"],
    ["crash", "latest: signal SIGSEGV"],
  ])("%s is told as %s", (id, detail) => {
    expect(results.get(id)).toMatchObject({ verdict: "crashed", detail });
  });

  test("those that leave daemons are told how many, and none of them lives on", () => {
    expect(results.get("daemons")?.detail).toMatch(/^latest: (?:ended and left \d+ processes running|had more than 60 processes)/);
    const left = readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && commandOf(pid).includes(root));
    expect(left).toEqual([]);
  });

  test("one that does nothing bad is judged as ever", () => {
    expect(results.get("none")).toMatchObject({ verdict: "no worse", detail: "" });
  });

  test.skipIf(gdb === undefined)("a plain signal has a stack by gdb, with upstream's names", () => {
    expect(results.get("crash")?.stack[0]).toMatch(/^main levels\.cc:\d+$/);
    expect(upstreamFrames(program)(["levels_latest::Wave levels.cc:19"])).toEqual(["levels::Wave levels.cc:19"]);
  });
});

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

test("frames of gdb are read without addresses and arguments", () => {
  const text = [
    "Program received signal SIGABRT, Aborted.",
    "#0  __pthread_kill_implementation (threadid=..., signo=..., no_tid=...) at ./nptl/pthread_kill.c:44",
    "#1  0x00007ffff7a in raise () from /lib/x86_64-linux-gnu/libc.so.6",
    "#2  0x0000555 in webrtc_latest::Gain::Apply(float*, unsigned long) (this=...) at /src/a b/gain.cc:12",
  ].join("\n");
  expect(framesIn(text)).toEqual([
    "__pthread_kill_implementation pthread_kill.c:44",
    "raise",
    "webrtc_latest::Gain::Apply(float*, unsigned long) gain.cc:12",
  ]);
});
