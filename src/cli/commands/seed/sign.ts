/** Owns `unfork seed sign`: a base out of its payload, a halt on a seed, or one more signature. */
import type { Command } from "commander";

import { signAlso } from "../../../experiment/assignment/dsse.js";
import { readSigningKey } from "../../../experiment/assignment/key-file.js";
import type { SigningKey } from "../../../experiment/assignment/keys.js";
import { nextHalt, seedText, signBase, signHalt } from "../../../experiment/assignment/sign-seed.js";
import { parseStrictJson } from "../../../experiment/assignment/strict-json.js";
import { type BasePayload, type Cap, type SeedDocument, capSchema, seedDocumentSchema } from "../../../model/seed.js";
import { wallClockMs } from "../../../support/clock.js";
import { UnforkError } from "../../../support/errors.js";
import { writeFileAtomic } from "../../../support/fs.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { collect, keyPath, readBytes } from "./options.js";

interface SignOptions extends GlobalOptions {
  readonly key: readonly string[];
  readonly cap?: readonly string[];
  readonly reason?: string;
  readonly days: string;
  readonly out?: string;
}

export function addSeedSign(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("sign")
    .description("Sign a seed: a base's payload, a seed that gets one more signature, or with --cap a halt on a seed.")
    .argument("<file>", "the payload of a base, or a seed")
    .requiredOption("--key <file>", "a private key, JSON of unfork or PEM (halt=key.pem), repeatable", collect)
    .option("--cap <name=buckets>", "halt: a use case keeps so many buckets of its treatment, of 1,000,000; repeatable", collect)
    .option("--reason <text>", "why, kept in the halt")
    .option("--days <number>", "how long a base is good where its payload has no `issued` and `expires`", "28")
    .option("--out <file>", "where the seed goes (default: stdout)");
  withExamples(command, [
    "unfork seed sign base.json --key signer.key.json --out seed.json",
    "unfork seed sign seed.json --cap laptop-call=0 --reason 'crashes doubled' --key halt.key.json --out seed.json",
  ]);
  command.action(async (file: string, _local: unknown, self: Command) => setExitCode(await sign(file, globalsOf(self) as SignOptions)));
}

async function sign(file: string, options: SignOptions): Promise<number> {
  const terminal = openTerminal(options);
  const keys = await Promise.all(options.key.map(keyPath).map(({ path, role }) => readSigningKey(path, role)));
  const value = parseStrictJson(await readBytes(file));
  if (value === undefined || value === null || typeof value !== "object")
    throw new UnforkError("input-invalid", `${file} is not JSON of whole numbers without an object that names a key twice`);
  const text = seedText(signed(value, keys, options));
  if (options.out === undefined) terminal.result(text.trimEnd());
  else await writeFileAtomic(options.out, text);
  return EXIT.done;
}

function signed(value: object, keys: readonly SigningKey[], options: SignOptions): SeedDocument {
  const document = seedDocumentSchema.safeParse(value).data;
  const now = wallClockMs();
  if (options.cap !== undefined) {
    if (document === undefined) throw new UnforkError("usage", "--cap needs a signed seed, which the halt goes on");
    return { ...document, halt: signHalt(nextHalt(document, capsOf(options.cap, options.reason), new Date(now).toISOString()), keys) };
  }
  if (document !== undefined) return { ...document, base: signAlso(document.base, signersOnly(keys)) };
  const times = { issued: new Date(now).toISOString(), expires: new Date(now + daysOf(options.days) * 86_400_000).toISOString() };
  return { base: signBase({ ...times, ...value } as BasePayload, keys) };
}

function signersOnly(keys: readonly SigningKey[]): readonly SigningKey[] {
  if (keys.every(({ role }) => role === "signer")) return keys;
  throw new UnforkError("usage", "a halt key does not sign a base: name a signer's, or what it shall lower with --cap");
}

function capsOf(texts: readonly string[], reason: string | undefined): Record<string, Cap> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, name = "", buckets = ""] = /^(.+)=(\d+)$/.exec(text) ?? [];
      const parsed = capSchema.safeParse({ cap: Number(buckets), ...(reason === undefined ? {} : { reason }) });
      if (name === "" || !parsed.success) throw new UnforkError("usage", `--cap: ${text} is not such as laptop-call=0, up to 1000000`);
      return [name, parsed.data] as const;
    }),
  );
}

function daysOf(text: string): number {
  const days = Number(text);
  if (Number.isFinite(days) && days > 0 && days <= 3650) return days;
  throw new UnforkError("usage", `--days: ${text} is not a number of days up to 3650`);
}
