/** That a command line which loads only its own command is understood as by the whole tree. */
import type { Command } from "commander";
import { describe, expect, it } from "vitest";

import { createProgram } from "../../src/cli/program.js";
import { ALONE_IN_PATCH } from "../../src/cli/commands/patch/alone.js";
import { INNER_COMMANDS } from "../../src/cli/isolate-itself.js";
import { programFor } from "../../src/cli/program-for.js";

function ignore(): void {
  /* no command runs here */
}

/** What a command line that is wrong gets to see. */
async function errorOf(program: Command, args: readonly string[]): Promise<string> {
  let text = "";
  const own = program.commands.find((command) => command.name() === args[0]);
  for (const command of own === undefined ? [program] : [program, own]) command.configureOutput({ writeErr: (part) => (text += part) });
  await expect(program.parseAsync(args, { from: "user" })).rejects.toThrow(/unknown option|too many arguments/);
  return text;
}

describe("the program for a command line", () => {
  it("knows all commands inside of isolate by name", () => {
    const group = createProgram(ignore).commands.find((command) => command.name() === "isolate");
    expect(group?.commands.map((command) => command.name()).toSorted()).toEqual(INNER_COMMANDS.toSorted());
  });

  it("loads `isolate <tree>` alone, with the same options", async () => {
    const alone = await programFor(["isolate", "tree", "--flavor", "x"], ignore);
    expect(alone.commands.map((command) => command.name())).toEqual(["isolate"]);
    const whole = createProgram(ignore).commands.find((command) => command.name() === "isolate");
    expect(alone.commands[0]?.options.map(({ flags }) => flags)).toEqual(whole?.options.map(({ flags }) => flags));
    expect(alone.options.map(({ flags }) => flags)).toEqual(createProgram(ignore).options.map(({ flags }) => flags));
  });

  it.each([...ALONE_IN_PATCH.keys()])("loads `patch %s` alone, with the same help", async (name) => {
    const alone = (await programFor(["patch", name, "--json"], ignore)).commands;
    const whole = createProgram(ignore).commands.find((command) => command.name() === "patch");
    expect(alone.map((command) => command.name())).toEqual(["patch"]);
    expect(alone[0]?.commands.map((command) => command.name())).toEqual([name]);
    expect(alone[0]?.commands[0]?.helpInformation()).toBe(whole?.commands.find((command) => command.name() === name)?.helpInformation());
  });

  it("loads all of `patch` for its other commands", async () => {
    const whole = createProgram(ignore).commands.find((command) => command.name() === "patch");
    expect((await programFor(["patch", "edit", "--json"], ignore)).commands[0]?.helpInformation()).toBe(whole?.helpInformation());
  });

  it.each(["audit", "symbols", "symbolize", "check"])("loads `%s` alone, with all that is inside of it", async (name) => {
    const alone = await programFor([name, "one", "two"], ignore);
    const whole = createProgram(ignore).commands.find((command) => command.name() === name);
    expect(alone.commands.map((command) => command.name())).toEqual([name]);
    expect(alone.commands[0]?.helpInformation()).toBe(whole?.helpInformation());
    expect(alone.commands[0]?.commands.map((command) => command.name())).toEqual(whole?.commands.map((command) => command.name()));
  });

  it.each([["symbols"], ["symbolize"], ["audit"], ["check"]])("tells %s's errors as the whole tree does", async (name) => {
    const args = [name, "a", "b", "c", "--no-such-option"];
    expect(await errorOf(await programFor(args, ignore), args)).toBe(await errorOf(createProgram(ignore), args));
  });

  it.each([
    [[]],
    [["audit"]],
    [["symbols"]],
    [["audit", "help"]],
    [["audit", "baseline", "--help"]],
    [["symbols", "x", "-h"]],
    [["--json", "check", "a", "b"]],
    [["check-all", "a", "b"]],
    [["--help"]],
    [["isolate"]],
    [["isolate", "--help"]],
    [["isolate", "tree", "--help"]],
    [["isolate", "scan", "tree"]],
    [["--json", "isolate", "tree"]],
    [["upgrade"]],
    [["isolat", "tree"]],
  ])("is the whole tree for %j", async (args) => {
    expect((await programFor(args, ignore)).commands.length).toBeGreaterThan(5);
  });
});
