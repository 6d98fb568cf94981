/** Owns `unfork seed keygen`: a new key in a file that only its owner reads. */
import { type Command, Option } from "commander";

import { writeKeyFile } from "../../../experiment/assignment/key-file.js";
import { generateKey, publicPart } from "../../../experiment/assignment/keys.js";
import type { KeyRole } from "../../../model/seed.js";
import { writeFileAtomic } from "../../../support/fs.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { ROLES } from "./options.js";

interface KeygenOptions extends GlobalOptions {
  readonly role: KeyRole;
  readonly out: string;
  readonly public?: string;
}

export function addSeedKeygen(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("keygen")
    .description("Make an Ed25519 key: a signer signs seeds, a halt key can only lower what a seed exposes.")
    .addOption(new Option("--role <role>", "what the key may do").choices(ROLES).makeOptionMandatory())
    .requiredOption("--out <file>", "where the private key goes, readable by its owner only; never overwritten")
    .option("--public <file>", "where the public part goes, for the server (--signer) and for programs");
  withExamples(command, [
    "unfork seed keygen --role signer --out signer.key.json --public signer.pub.json",
    "unfork seed keygen --role halt --out halt.key.json",
  ]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await keygen(globalsOf(self) as KeygenOptions)));
}

async function keygen(options: KeygenOptions): Promise<number> {
  const terminal = openTerminal(options);
  const key = generateKey(options.role);
  await writeKeyFile(options.out, key);
  const shown = publicPart(key);
  if (options.public !== undefined) await writeFileAtomic(options.public, `${JSON.stringify(shown, null, 2)}\n`);
  terminal.result(options.json === true ? JSON.stringify(shown, null, 2) : `${shown.role} ${shown.id}\npublic key ${shown.publicKey}`);
  terminal.message(`the private key is in ${options.out}: keep it from others, and keep a copy in another place`);
  return EXIT.done;
}
