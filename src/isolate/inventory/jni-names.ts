/** Owns the C++ side of Java's native methods: functions whose names the virtual machine looks up. */
import { IN_WORD } from "../../tokens/bytes.js";
import type { Reader } from "./reader.js";
import { addSite, SITE } from "./sites.js";

const PREFIXES = ["Java_", "JNI_"].map((prefix) => Buffer.from(prefix));

/** Notes each `Java_…(` and `JNI_…(` of a file: sought by bytes, since most trees have none. */
export function noteJniNames(reader: Reader, bytes: Buffer): void {
  for (const prefix of PREFIXES) {
    for (let at = bytes.indexOf(prefix); at >= 0; at = bytes.indexOf(prefix, at + prefix.length)) {
      if (at > 0 && IN_WORD[bytes[at - 1] as number] === 1) continue;
      let end = at + prefix.length;
      while (IN_WORD[bytes[end] as number] === 1) end++;
      if (bytes[end] === 40 && end > at + prefix.length) addSite(reader.sites, SITE.jniEntry, at, end, -1, -1);
    }
  }
}
