/** Owns an author's name and address, out of a `From` line (RFC 5322) or one like it. */
import type { Person } from "../text-patch.js";
import { decodeWords } from "./encoded-words.js";

/**
 * `Name <address>`, `"Name, of Kind" <address>`, `address (Name)`, `address`, or only a name; null for nothing.
 *
 * @param kind `mail`: a mail's head, where quotes are no part of a name; `words`: a line that people or git wrote as it is, where only quotes around the whole name are none
 */
export function parsePerson(value: string, kind: "mail" | "words" = "words"): Person | null {
  const text = value.trim();
  const angled = /^(.*?)\s*<([^<>]*)>[^<>]*$/s.exec(text);
  if (angled !== null) return personOf(angled[1] ?? "", angled[2] ?? "", kind);
  const commented = /^(\S+@\S+)\s*\((.*)\)$/s.exec(text);
  if (commented !== null) return personOf(commented[2] ?? "", commented[1] ?? "", kind);
  if (text === "") return null;
  return /^\S+@\S+$/.test(text) ? personOf("", text, kind) : personOf(text, "", kind);
}

function personOf(name: string, email: string, kind: "mail" | "words"): Person {
  const [address, text] = [decodeWords(email.trim()), name.trim()];
  const quoted = kind === "mail" ? QUOTED : WHOLLY_QUOTED;
  const shown = decodeWords(text.replaceAll(quoted, (_all, inner: string) => inner.replaceAll(/\\(.)/gs, "$1"))).trim();
  return { name: shown === "" ? address : shown, email: address };
}

/** With backslashes before quotes and backslashes. */
const QUOTED = /"((?:[^"\\]|\\.)*)"/gs;
const WHOLLY_QUOTED = /^"((?:[^"\\]|\\.)*)"$/gs;
