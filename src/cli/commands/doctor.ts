/** Owns `unfork doctor`: what is installed, what is missing, the exact command to get it. */
import type { Command } from "commander";

import { type ToolState, installCommand, probeTools } from "../../toolchain/probe-tools.js";
import { canonicalJson } from "../../support/hash.js";
import { painter } from "../../support/style.js";
import { table } from "../../support/table.js";
import { EXIT } from "../exit-codes.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../command.js";
import { type Terminal, openTerminal } from "../terminal.js";

export function addDoctor(program: Command, setExitCode: SetExitCode): void {
  const command = program
    .command("doctor")
    .description("Show which tools are installed and which are missing, with the command that installs them.");
  withExamples(command, ["unfork doctor", "unfork doctor --json"]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await doctor(globalsOf(self))));
}

async function doctor(options: GlobalOptions): Promise<number> {
  const terminal = openTerminal(options);
  const tools = await probeTools();
  const lacking = tools.filter((tool) => tool.required && tool.status !== "found");
  if (options.json === true)
    terminal.result(
      canonicalJson(
        { node: process.version, tools, install: installCommand(lacking) ?? null, installAll: installCommand(tools) ?? null },
        2,
      ),
    );
  else tell(tools, lacking, terminal);
  return lacking.length === 0 ? EXIT.done : EXIT.environment;
}

function tell(tools: readonly ToolState[], lacking: readonly ToolState[], terminal: Terminal): void {
  const paint = painter(terminal.color);
  const mark = (tool: ToolState): string =>
    tool.status === "found"
      ? paint("good", "✔ found")
      : tool.required
        ? paint("bad", `✖ ${tool.status}`)
        : paint("warn", `○ ${tool.status}`);
  const rows = tools.map((tool) => [
    mark(tool),
    tool.id,
    tool.version ?? (tool.wanted === null ? "" : `needs ${tool.wanted}`),
    tool.purpose,
  ]);
  const node = [paint("good", "✔ found"), "node", process.version.slice(1), "runs unfork"];
  const columns = [{ head: "" }, { head: "tool" }, { head: "version" }, { head: "for", narrow: "cut" as const }];
  terminal.result(table(columns, [node, ...rows], { width: terminal.width }).join("\n"));
  const optional = installCommand(tools.filter((tool) => !tool.required));
  if (lacking.length > 0) terminal.result(`\nneeded: ${installCommand(lacking)}`);
  else terminal.result("\nall that is needed is there");
  if (optional !== undefined) terminal.result(`optional: ${optional}`);
}
