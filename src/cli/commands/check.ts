/** Owns `unfork check`: two trees or two builds and five minutes. */
import type { Command } from "commander";

import { checkPair } from "../../pipeline/check/check-pair.js";
import { checkText } from "../../report/check.js";
import { canonicalJson } from "../../support/hash.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { showProgress } from "../live.js";
import { openTerminal } from "../terminal.js";

export function addCheck(program: Command, setExitCode: SetExitCode): void {
  const command = program
    .command("check")
    .description(
      "Look at two versions: how many names clash, what isolation would rename and leave open, what meets at run time, the work ahead.",
    )
    .argument("<a>", "the older version: a folder of sources, an archive, or a folder of objects")
    .argument("<b>", "the newer one, of the same kind");
  withExamples(command, [
    "unfork check webrtc-m120 webrtc-m150",
    "unfork check old/libaudio.a new/libaudio.a",
    "unfork check v1 v2 --json",
  ]);
  command.action(async (one: string, other: string, _local: unknown, self: Command) =>
    setExitCode(await check(one, other, globalsOf(self))),
  );
}

async function check(one: string, other: string, options: GlobalOptions): Promise<number> {
  const terminal = openTerminal(options);
  const stop = showProgress(terminal, options);
  const result = await checkPair(one, other).finally(stop);
  terminal.result(options.json === true ? canonicalJson(result, 2) : checkText(result, terminal).replace(/\n$/, ""));
  return EXIT.done;
}
