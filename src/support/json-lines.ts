/** Owns files of one JSON object per line, to which lines are only added. */
import { appendFile, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { z } from "zod";

import { UnforkError, fileError } from "./errors.js";
import { readTextIfThere } from "./fs.js";

/** All lines, oldest first; a last one that a kill cut short is left out. Throws `input-invalid` with file and line for another one. */
export async function readJsonLines<T extends z.ZodType>(file: string, schema: T): Promise<z.infer<T>[]> {
  const text = (await readTextIfThere(file)) ?? "";
  const lines = text.slice(0, text.lastIndexOf("\n") + 1).split("\n");
  return lines.flatMap((line, index) => (line.trim() === "" ? [] : [lineOf(line, schema, `${file}:${index + 1}`)]));
}

function lineOf<T extends z.ZodType>(line: string, schema: T, where: string): z.infer<T> {
  try {
    return schema.parse(JSON.parse(line));
  } catch (cause) {
    throw new UnforkError("input-invalid", `${where}: is not a line that unfork wrote`, { hint: "take the broken line out", cause });
  }
}

/** Adds the lines in one write. */
export async function addJsonLines(file: string, values: readonly unknown[]): Promise<void> {
  if (values.length === 0) return;
  await mkdir(dirname(file), { recursive: true });
  const text = values.map((value) => `${JSON.stringify(value)}\n`).join("");
  await appendFile(file, text).catch((error: unknown) => Promise.reject(fileError("write", file, error)));
}
