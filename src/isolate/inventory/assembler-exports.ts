/** Owns the exports of assembler files, as the survey finds them. */
import { m4Labels } from "../constructs/m4-assembler.js";
import { surveyFile } from "../survey/survey.js";
import { wordsOf } from "../survey/words.js";
import type { Reader } from "./reader.js";
import { addSite, SITE } from "./sites.js";

/** Notes every exported label of the file that the reader's stream holds. */
export function readAssembler(reader: Reader, bytes: Uint8Array): void {
  const reading = { stream: reader.stream, bytes, words: wordsOf(reader.interner) };
  for (const { id, offset } of surveyFile(reading, "gas").defined) {
    addSite(reader.sites, SITE.asmExport, offset, offset + reader.interner.name(id).length, id, -1);
  }
}

/** The same for a file of m4. */
export function readM4Exports(reader: Reader, bytes: Uint8Array): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (const { name, offset } of m4Labels(buffer))
    addSite(reader.sites, SITE.asmExport, offset, offset + name.length, reader.interner.internText(name), -1);
}
