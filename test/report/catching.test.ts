/** Holds what a hunt says at the terminal. */
import { describe, expect, it } from "vitest";

import type { Caught } from "../../src/model/catching.js";
import { huntText } from "../../src/report/catching.js";

const caught: Caught = {
  useCase: "call",
  key: "2b4c7cf5",
  kind: "crash",
  what: "latest: signal SIGABRT",
  seen: 1,
  first: 3,
  how: ["a.txt: other numbers in line 2"],
  files: [{ file: "a.txt", recorded: 10, bytes: 2 }],
  label: null,
  folder: "caught/call/2b4c7cf5",
  test: null,
};

describe("a hunt at the terminal", () => {
  it("names the command that labels a cause, with the use case it wants", () => {
    const found = { useCase: "call", seed: 1, tries: 5, differing: 1, caught: [caught], reached: null, author: [] };
    expect(huntText(found, { color: false })).toContain("unfork usecase catch call --key 2b4c7cf5 --label regression|intended");
  });
});
