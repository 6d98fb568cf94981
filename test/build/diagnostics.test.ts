import { describe, expect, it } from "vitest";

import { diagnosticsIn } from "../../src/build/errors/diagnostics.js";

const at = (line: number, column: number, message: string, file = "a/b.cc") => ({ file, line, column, message });

describe("what compilers print", () => {
  it("gives errors of gcc and clang, and leaves out warnings, notes and quoted code", () => {
    const text = `In file included from a/b.cc:1:
a/b.cc: In function 'int f()':
a/b.cc:3:10: error: 'x' was not declared in this scope
    3 |   return x; // c.cc:1:1: error: quoted
      |          ^
a/b.cc:4:1: warning: control reaches end
a/b.cc:2:5: note: declared here
a/c.h:1:10: fatal error: missing.h: No such file or directory
compilation terminated.`;
    const found = [at(3, 10, "'x' was not declared in this scope"), at(1, 10, "missing.h: No such file or directory", "a/c.h")];
    expect(diagnosticsIn(text, "source.cc")).toEqual(found);
  });

  it("takes an error without a column", () => {
    expect(diagnosticsIn("x.S:7: error: bad register", "x.S")).toEqual([at(7, 0, "bad register", "x.S")]);
  });

  it("gives errors of the driver to the source it worked on", () => {
    expect(diagnosticsIn("g++: error: unrecognized command-line option '-fno'", "s.cc")).toEqual([
      at(0, 0, "unrecognized command-line option '-fno'", "s.cc"),
    ]);
    expect(diagnosticsIn("clang-14: error: unknown argument: '-q'", "s.cc")).toEqual([at(0, 0, "unknown argument: '-q'", "s.cc")]);
  });

  it("names what does not link, and not that it does not", () => {
    const text = `/usr/bin/ld: obj/m.o: in function \`main':
m.cc:(.text+0x5): undefined reference to \`lib::open(int)'
collect2: error: ld returned 1 exit status`;
    expect(diagnosticsIn(text, "bin/p")).toEqual([at(0, 0, "undefined reference to 'lib::open(int)'", "bin/p")]);
  });

  it("names both places of a name that is defined twice", () => {
    const text =
      "/usr/bin/ld: b.o: in function `f()':\nb.cc:(.text+0x0): multiple definition of `f()'; a.o:a.cc:(.text+0x0): first defined here";
    expect(diagnosticsIn(text, "bin/p")[0]?.message).toBe("multiple definition of 'f()': in a.o:a.cc and in b.cc");
  });

  it("says that the linker failed when nothing else says why", () => {
    const [only] = diagnosticsIn("collect2: error: ld returned 1 exit status", "bin/p");
    expect(only?.message).toBe("ld returned 1 exit status");
  });
});
