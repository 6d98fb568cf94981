/** Owns the texts of the headers, one character per byte, so that the compiler's offsets fit. */
import { readFileSync } from "node:fs";

export interface SourceTexts {
  /** The file's text, "" for one that cannot be read. */
  readonly of: (file: string) => string;
}

export function openTexts(): SourceTexts {
  const known = new Map<string, string>();
  return {
    of: (file) => {
      let text = known.get(file);
      if (text === undefined) known.set(file, (text = read(file)));
      return text;
    },
  };
}

function read(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}

/** Back to a text of letters. */
export function decoded(bytes: string): string {
  return /[\u0080-\u00ff]/.test(bytes) ? Buffer.from(bytes, "latin1").toString("utf8") : bytes;
}
