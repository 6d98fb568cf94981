import { expect, test } from "vitest";

import { painter, printable, withVisibleControls, withoutStyle } from "../../src/support/style.js";

test("without colour the painter changes nothing", () => {
  expect(painter(false)("bad", "text")).toBe("text");
});

test("with colour the text is enclosed, and can be had back", () => {
  const painted = painter(true)("bad", "text");
  expect(painted).not.toBe("text");
  expect(withoutStyle(painted)).toBe("text");
});

test("nothing is painted around nothing", () => {
  expect(painter(true)("good", "")).toBe("");
});

test("foreign text cannot move the cursor, ring the bell or reorder the line", () => {
  expect(printable("a\u001b[2Jb\u0007c\u202ed\u0000")).toBe(String.raw`a\u001b[2Jb\u0007c\u202ed\u0000`);
});

test("white space becomes one blank on a printable line, and stays where lines are kept", () => {
  expect(printable("a \t\r\n b")).toBe("a b");
  expect(withVisibleControls("a \t\n b")).toBe("a \t\n b");
});
