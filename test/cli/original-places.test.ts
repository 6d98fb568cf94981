/** That the stack of a fault names the file that a person can open. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { expect, it } from "vitest";

import { withOriginalPlaces } from "../../src/cli/original-places.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

it("places of the bundle are told in the files that it was made of, all else as it is", () => {
  const bundle = join(root, "dist/bundle/main.js");
  const words = "stopOnSignals(args) {";
  const placeIn = (text: string): [line: number, column: number] => {
    const before = text.slice(0, text.indexOf(words)).split("\n");
    return [before.length, (before.at(-1)?.length ?? 0) + 1];
  };
  const [line, column] = placeIn(readFileSync(bundle, "utf8"));
  const [original] = placeIn(readFileSync(join(root, "dist/cli/main.js"), "utf8"));
  for (const place of [bundle, pathToFileURL(bundle).href]) {
    const stack = `Error: x\n    at f (${place}:${line}:${column})\n    at g (node:internal/x:1:2)\n    at file:///bundle/none.js:1:1`;
    expect(withOriginalPlaces(stack)).toBe(
      `Error: x\n    at f (dist/cli/main.js:${original}:${column})\n    at g (node:internal/x:1:2)\n    at file:///bundle/none.js:1:1`,
    );
  }
});
