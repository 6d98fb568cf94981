/** Owns the preprocessor lines: macros and what their bodies name, include guards, conditions on the platform. */
import { BYTE, DIRECTIVE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { enterBranch, type FileState, leaveBranch } from "./file-state.js";
import { noteName, parameterIndex } from "./macro-names.js";
import type { Reader } from "./reader.js";
import { addSite, SITE } from "./sites.js";
import { noteUse } from "./uses.js";
import { WATCH } from "./watch-words.js";

/** Reads `#define …`; gives its last token. */
export function macroLine(reader: Reader, state: FileState, at: number): number {
  const { kinds, values, starts, ends, count } = reader.stream;
  const { mentions } = reader;
  const name = at + 1;
  const hasParameters = kinds[name + 1] === KIND.punctuation && values[name + 1] === BYTE.open && starts[name + 1] === ends[name];
  let pastes = false;
  let stringizes = false;
  let braces = 0;
  let namespaceAt = -1;
  let i = name;
  const from = reader.sites.count;
  for (; i < count; i++) {
    const kind = kinds[i];
    const value = values[i] as number;
    if (kind === KIND.directiveEnd) break;
    if (kind === KIND.identifier) {
      mentions[value] = (mentions[value] as number) + 1;
      if (i > name && namespaceAt < 0 && reader.words.roles[value] === WATCH.namespace) namespaceAt = i;
    } else if (kind === KIND.string) addSite(reader.sites, SITE.string, starts[i] as number, ends[i] as number, -1, state.context);
    else if (kind !== KIND.punctuation) continue;
    else if (value === PUNCTUATION.scope) noteUse(reader, state, i, true);
    else if (value === PUNCTUATION.paste) pastes = true;
    else if (value === BYTE.hash) stringizes ||= hasParameters && kinds[i + 1] === KIND.identifier;
    else if (value === BYTE.openBrace) braces++;
    else if (value === BYTE.closeBrace) braces--;
  }
  if (kinds[name] !== KIND.identifier) return i;
  onePerMacro(reader, from);
  if (pastes) addSite(reader.sites, SITE.pasting, starts[name] as number, ends[name] as number, values[name] as number, state.context);
  if (stringizes)
    addSite(reader.sites, SITE.stringizing, starts[name] as number, ends[name] as number, values[name] as number, state.context);
  if (braces !== 0 && (namespaceAt >= 0 || braces < 0)) noteBraces(reader, name, braces, namespaceAt, hasParameters);
  else if (!hasParameters) noteName(reader, values[name] as number, name + 1, i);
  return i;
}

/** Keeps the first use of each word in one macro's body. */
function onePerMacro({ sites }: Reader, from: number): void {
  for (let i = from + 1; i < sites.count; i++) {
    if (sites.kinds[i] !== SITE.macroUse) continue;
    for (let j = from; j < i; j++) if (sites.kinds[j] === SITE.macroUse && sites.values[j] === sites.values[i]) sites.kinds[i] = SITE.none;
  }
}

/** A macro that opens more braces than it closes around a namespace, or the other way round. */
function noteBraces(reader: Reader, name: number, net: number, namespaceAt: number, hasParameters: boolean): void {
  const { kinds, values } = reader.stream;
  const word = namespaceAt >= 0 && kinds[namespaceAt + 1] === KIND.identifier ? (values[namespaceAt + 1] as number) : -1;
  const parameter = hasParameters && word >= 0 ? parameterIndex(reader, name, word) : -1;
  reader.braceMacros.push({ id: values[name] as number, net, namespace: word, parameter });
}

/** Reads `#if …` or `#elif …`; gives its last token. */
export function conditionLine(reader: Reader, state: FileState, at: number): number {
  const { kinds, values, starts, ends, count } = reader.stream;
  if (values[at] === DIRECTIVE.if) enterBranch(state, isZero(reader, state, at + 1));
  else leaveBranch(state, false);
  let platform = -1;
  let i = at;
  for (; i < count && kinds[i] !== KIND.directiveEnd; i++) {
    if (kinds[i] !== KIND.identifier) continue;
    reader.mentions[values[i] as number] = (reader.mentions[values[i] as number] as number) + 1;
    if (platform < 0 && isPlatform(reader, values[i] as number)) platform = i;
  }
  if (platform >= 0) {
    addSite(reader.sites, SITE.platformIf, starts[platform] as number, ends[platform] as number, values[platform] as number, state.context);
  }
  return i;
}

function isZero({ stream }: Reader, { bytes }: FileState, at: number): boolean {
  const start = stream.starts[at] as number;
  return stream.kinds[at] === KIND.number && (stream.ends[at] as number) - start === 1 && bytes[start] === 48;
}

const PLATFORM =
  /^(_?_?(WIN32|WIN64|APPLE|MACH|ANDROID|linux|linux__|LINUX|FreeBSD|OpenBSD|NetBSD|sun|HAIKU|EMSCRIPTEN|MINGW32|MINGW64|CYGWIN|Fuchsia|wasi|QNX|UNIX|unix|NACL|native_client)(__)?|_MSC_VER|WINVER|_WINDOWS|TARGET_(OS|IPHONE)_\w+|TARGET_IPHONE_SIMULATOR|((WEBRTC|OS|IS|BUILDFLAG_INTERNAL_IS|ABSL_OS|Q_OS|PLATFORM)_)(WIN|WINDOWS|MAC|MACOS|APPLE|IOS|LINUX|ANDROID|POSIX|FUCHSIA|CHROMEOS|CHROMEOS_ASH|BSD|NACL|WASM|UNIX|QNX|OPENBSD|FREEBSD)\w*)$/;

function isPlatform(reader: Reader, id: number): boolean {
  const known = reader.platforms[id];
  if (known !== 0) return known === 2;
  const found = PLATFORM.test(reader.interner.name(id));
  reader.platforms[id] = found ? 2 : 1;
  return found;
}

/** Notes an include guard at the file's start: `#ifndef X`, `#define X`, or `#pragma once`. */
export function noteGuard(reader: Reader, state: FileState): void {
  const { kinds, values, starts, ends, count } = reader.stream;
  if (count < 2 || kinds[0] !== KIND.directive) return;
  const [start, end] = [starts[1] as number, ends[1] as number];
  if (values[0] === DIRECTIVE.pragma) {
    if (textAt(state, start, end) === "once") addSite(reader.sites, SITE.pragmaOnce, start, end, -1, -1);
    return;
  }
  if (count < 5 || values[0] !== DIRECTIVE.if || kinds[1] !== KIND.identifier || kinds[2] !== KIND.directiveEnd) return;
  const isDefined = kinds[3] === KIND.directive && values[3] === DIRECTIVE.define && values[4] === values[1];
  if (isDefined && textAt(state, starts[0] as number, ends[0] as number).endsWith("ifndef")) {
    addSite(reader.sites, SITE.guard, start, end, values[1] as number, -1);
  }
}

function textAt({ bytes }: FileState, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1");
}
