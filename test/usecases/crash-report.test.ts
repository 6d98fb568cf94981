/** Owns the claims about what sanitizers say. */
import { describe, expect, test } from "vitest";

import { crashReportIn } from "../../src/usecases/measure/crash-report.js";

const ADDRESS = `reading
=================================================================
==4711==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010 at pc 0x55 bp 0x7f sp 0x7f
READ of size 4 at 0x602000000010 thread T0
    #0 0x5581 in gain(float*) /src/gain.cc:12:7
    #1 0x5582 in main /src/main.cc:3:1 (BuildId: 00ff)
    #2 0x7f01  (/lib/libc.so.6+0x27249)

0x602000000010 is located 0 bytes inside of 4-byte region
freed by thread T0 here:
    #0 0x5583 in free
`;

describe("a sanitizer's report", () => {
  test("gives what, without addresses, and the first stack alone", () => {
    expect(crashReportIn(ADDRESS)).toEqual({
      what: "AddressSanitizer: heap-use-after-free",
      stack: ["gain(float*) /src/gain.cc:12:7", "main /src/main.cc:3:1", " (/lib/libc.so.6+0x27249)".trim()],
    });
  });

  test("of undefined behaviour gives file and line, also where the program went on", () => {
    const text = "gain.cc:9:3: runtime error: signed integer overflow: 2147483647 + 1\n    #0 0x11 in gain() gain.cc:9:3\ndone\n";
    expect(crashReportIn(text)).toEqual({
      what: "UndefinedBehaviorSanitizer: gain.cc:9:3: signed integer overflow: 2147483647 + 1",
      stack: ["gain() gain.cc:9:3"],
    });
  });

  test("is not seen in other words", () => {
    expect(crashReportIn("error: no input\nruntime error rate 3 %\n")).toBeUndefined();
  });
});
