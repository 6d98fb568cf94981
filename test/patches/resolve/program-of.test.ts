/** Of a resolver's command line the program's name is taken, and never a word that may be a secret. */
import { describe, expect, it } from "vitest";

import { programOf } from "../../../src/patches/resolve/program-of.js";

describe("the program of a command line", () => {
  it.each([
    ["./tools/resolve --fast", "resolve"],
    ["resolve", "resolve"],
    ["TOKEN=s3cr3t node resolve.mjs", "node"],
    ['TOKEN=\'s3cr3t and more\' A="b \\" c" C=d\\ e /usr/bin/python3 x.py', "python3"],
    ["env TOKEN=s3cr3t resolve", "env"],
    ["'./my tools/resolve' --key s3cr3t", "resolve"],
  ])("%s is %s", (command, name) => {
    expect(programOf(command)).toBe(name);
  });

  it.each([
    "TOKEN=$(printf s3cr3t more) resolve",
    "TOKEN=`printf s3cr3t more` resolve",
    "TOKEN=s3cr3t; resolve",
    "TOKEN=s3cr3t\nresolve",
    "TOKEN=${KEY:-s3cr3t more} resolve",
    "# s3cr3t\nresolve",
    "$RESOLVER s3cr3t",
    "TOKEN='s3cr3t",
    "<packet resolve",
    "",
  ])("is left to the shell where only that can tell: %j", (command) => {
    expect(programOf(command)).toBe("sh");
  });
});
