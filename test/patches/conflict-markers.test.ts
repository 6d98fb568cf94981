/** Left conflict markers are seen, and a file's own lines that look like markers are not. */
import { describe, expect, it } from "vitest";

import { hasMarkers, wholeFileMarkers } from "../../src/patches/conflict-markers.js";

function left(text: string, ...sides: string[]): boolean {
  return hasMarkers(
    Buffer.from(text),
    sides.map((side) => Buffer.from(side)),
  );
}

describe("conflict markers", () => {
  it.each(["a\n<<<<<<< M2 (upstream)\nb\n", "a\n>>>>>>> tweak\n", "||||||| M1\n", "a\n=======\nb\n", "a\r\n=======\r\n"])(
    "are seen in %j",
    (text) => {
      expect(left(text)).toBe(true);
    },
  );

  it.each(["a\n", "", "a <<<<<<< b\n", "<<<<<<<<< x\n", "==========\n"])("are not seen in %j", (text) => {
    expect(left(text)).toBe(false);
  });

  it("are not seen in a line that one side has by itself", () => {
    expect(left("Title\n=======\ntext\n", "Title\n=======\n")).toBe(false);
    expect(left("Title\n=======\n>>>>>>> tweak\n", "Title\n=======\n")).toBe(true);
  });

  it("stand around whole files, each ended by a newline", () => {
    const text = wholeFileMarkers({ label: "M2", content: Buffer.alloc(0) }, { label: "tweak", content: Buffer.from("last") }).toString();
    expect(text).toBe("<<<<<<< M2\n=======\nlast\n>>>>>>> tweak\n");
    expect(left(text)).toBe(true);
  });
});
