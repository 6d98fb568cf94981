/** That a command line which loads only its own command is understood as by the whole tree. */
import { describe, expect, it } from "vitest";

import { createProgram } from "../../src/cli/program.js";
import { INNER_COMMANDS } from "../../src/cli/commands/isolate/group.js";
import { programFor } from "../../src/cli/program-for.js";

function ignore(): void {
  /* no command runs here */
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

  it.each([
    [[]],
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
