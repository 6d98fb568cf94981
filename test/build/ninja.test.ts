import { describe, expect, it } from "vitest";

import type { BuildGraph } from "../../src/build/own/graph.js";
import { ninjaText } from "../../src/build/own/ninja-file.js";
import { failedSteps } from "../../src/build/own/ninja-run.js";

const tools = { cc: "gcc", cxx: "g++", ar: "ar", launcher: ["ccache"] };

function graphOf(sources: [name: string, size: number][], args: string[] = []): BuildGraph {
  const compiles = sources.map(([name, size]) => ({
    source: `../my tree/${name}`,
    object: `obj/${name}.o`,
    language: "cxx" as const,
    arguments: args,
    seed: name,
    size,
  }));
  const objects = compiles.map((step) => step.object);
  return { files: [], precompiles: [], compiles, archives: [{ archive: "lib.a", objects }], links: [] };
}

function linesOf(text: string, beginning: string): string[] {
  return text.split("\n").filter((line) => line.startsWith(beginning));
}

describe("build.ninja", () => {
  it("starts the biggest sources first, and keeps the archive's order", () => {
    const text = ninjaText(
      graphOf([
        ["a.cc", 1],
        ["b.cc", 30],
        ["c.cc", 2],
      ]),
      tools,
    );
    expect(linesOf(text, "build ").map((line) => line.split(":")[0])).toEqual([
      "build obj/b.cc.o",
      "build obj/c.cc.o",
      "build obj/a.cc.o",
      "build lib.a",
    ]);
    expect(linesOf(text, "build lib.a")).toEqual(["build lib.a: archive obj/a.cc.o obj/b.cc.o obj/c.cc.o"]);
  });

  it("escapes what ninja and the shell would take for their own", () => {
    const text = ninjaText(graphOf([["a:$.cc", 1]], ['-DNAME="it\'s $5"', "-I../my tree"]), tools);
    expect(linesOf(text, "build obj")).toEqual(["build obj/a$:$$.cc.o: cxx ../my$ tree/a$:$$.cc | toolchain.txt"]);
    expect(linesOf(text, "args_0")).toEqual([`args_0 = '-DNAME="it'\\''s $$5"' '-I../my tree'`]);
  });

  it("puts the launcher before compiles only", () => {
    const commands = linesOf(ninjaText(graphOf([["a.cc", 1]]), tools), "  command");
    expect(commands.filter((line) => line.includes("ccache")).map((line) => /ccache (\S+) \$args/.exec(line)?.[1])).toEqual([
      "gcc",
      "g++",
      "gcc",
    ]);
  });
});

describe("what ninja prints", () => {
  it("gives each failed step with its command and all that the compiler said, sorted", () => {
    const text = `@unfork [1/4] CC a.cc
@unfork [2/4] CC z.cc
FAILED: obj/z.o 
g++ -c z.cc
z.cc:1:1: error: one
    1 | [3/4] quoted
@unfork [3/4] CC b.cc
FAILED: [code=1] obj/b.o 
g++ -c b.cc
FAILED: obj/c.o 
g++ -c c.cc
c.cc: bad
ninja: build stopped: subcommand failed.
`;
    expect(failedSteps(text)).toEqual([
      { output: "obj/b.o", command: "g++ -c b.cc", text: "" },
      { output: "obj/c.o", command: "g++ -c c.cc", text: "c.cc: bad" },
      { output: "obj/z.o", command: "g++ -c z.cc", text: "z.cc:1:1: error: one\n    1 | [3/4] quoted" },
    ]);
  });
});
