/**
 * Owns the walk over one scanned file: braces and `#if` branches tracked, declarations at namespace scope handed to the
 * statement's reader, uses and strings noted wherever they stand. One loop, nothing allocated per token.
 */
import { basename } from "node:path/posix";

import { BYTE, DIRECTIVE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import type { Language } from "../code-files.js";
import { conditionLine, noteGuard, macroLine } from "./directive-lines.js";
import { argumentToken } from "./macro-names.js";
import { atSign } from "./objective-c.js";
import { createState, FLAG, FLAG_OF, type FileState, leaveBranch, resetStatement } from "./file-state.js";
import { fitTables, type Reader } from "./reader.js";
import { addSite, SITE } from "./sites.js";
import { closeScope, endDeclaration, openScope } from "./statement.js";
import { aliasAt, friendAt, hookAt, noteUse, usingAt } from "./uses.js";
import { WATCH } from "./watch-words.js";

/** Adds the places of the file that the reader's stream holds; `bytes` are its text. */
export function readFile(reader: Reader, bytes: Uint8Array, language: Language): void {
  fitTables(reader);
  const { stream, sites, mentions } = reader;
  const { roles } = reader.words;
  const { kinds, values, starts, ends, count } = stream;
  const state = createState(bytes, language);
  noteGuard(reader, state);
  for (let i = 0; i < count; i++) {
    const kind = kinds[i] as number;
    if (kind === KIND.identifier) {
      const id = values[i] as number;
      mentions[id] = (mentions[id] as number) + 1;
      const role = roles[id] as number;
      if (state.opaque === 0) {
        if (state.first < 0) state.first = i;
        if (role !== 0 && !state.inTemplate) i = watchedAtScope(reader, state, i, role);
      } else if (role >= WATCH.namespace) watchedInBody(reader, state, i, role);
    } else if (kind === KIND.punctuation) {
      const value = values[i] as number;
      if (value === PUNCTUATION.scope) noteUse(reader, state, i, false);
      else if (state.opaque > 0) {
        if (value === BYTE.openBrace) state.opaque++;
        else if (value === BYTE.closeBrace && --state.opaque === 0) closeScope(state, i);
        else if (value === BYTE.at) atSign(reader, state, i);
      } else i = markAtScope(reader, state, i, value);
    } else if (kind === KIND.string) {
      if (state.opaque === 0) {
        if (state.first < 0) state.first = i;
        state.lastString = i;
      }
      addSite(sites, SITE.string, starts[i] as number, ends[i] as number, -1, state.context);
    } else if (kind === KIND.directive) i = directiveLine(reader, state, i);
  }
}

/** A watched word outside of bodies; gives the token to go on from. */
function watchedAtScope(reader: Reader, state: FileState, at: number, role: number): number {
  if (role === WATCH.using) usingAt(reader, state, at);
  else if (role === WATCH.namespace) {
    if (aliasAt(reader, state, at)) state.flags |= FLAG.silent;
    else if (state.parens > 0 || (state.aggregateAt >= 0 && state.aggregateAt === at - 1)) return at;
    else if ((state.flags & FLAG.silent) === 0) state.namespaceAt = at;
  } else if (role === WATCH.hook) hookAt(reader, state, at);
  else if (role === WATCH.opener || role === WATCH.closer) return macroBrace(reader, state, at, role);
  else if (role === WATCH.template) {
    state.inTemplate = reader.stream.values[at + 1] === BYTE.less;
    state.angle = 0;
    state.templateAt = at;
  } else if (role === WATCH.aggregate || role === WATCH.enum) {
    if (state.aggregateAt < 0 && state.paren < 0) state.aggregateAt = at;
  } else if (role === WATCH.operator && state.operatorAt < 0) state.operatorAt = at;
  else if (role === WATCH.jniTable) addSite(reader.sites, SITE.jniTable, startOf(reader, at), endOf(reader, at), -1, state.context);
  state.flags |= FLAG_OF[role] as number;
  return at;
}

function watchedInBody(reader: Reader, state: FileState, at: number, role: number): void {
  if (role === WATCH.using) usingAt(reader, state, at);
  else if (role === WATCH.namespace) aliasAt(reader, state, at);
  else if (role === WATCH.friend) friendAt(reader, state, at);
  else if (role === WATCH.hook) hookAt(reader, state, at);
  else if (role === WATCH.jniTable) addSite(reader.sites, SITE.jniTable, startOf(reader, at), endOf(reader, at), -1, state.context);
}

/** A macro that stands for `namespace x {` or for its end. */
function macroBrace(reader: Reader, state: FileState, at: number, role: number): number {
  const { kinds, values } = reader.stream;
  let behind = at;
  if (kinds[at + 1] === KIND.punctuation && values[at + 1] === BYTE.open) {
    while (kinds[behind] !== KIND.punctuation || values[behind] !== BYTE.close) if (++behind >= reader.stream.count) return at;
  }
  if (role === WATCH.opener) {
    const opener = reader.openers.get(values[at] as number);
    const given = opener === undefined || opener.parameter < 0 ? -1 : argumentToken(reader, at, opener.parameter);
    state.namespaceAt = given >= 0 ? given - 1 : at;
    state.openedByMacro = given >= 0 || opener === undefined ? -2 : opener.parameter < 0 ? opener.namespace : -1;
    openScope(reader, state, behind);
  } else closeScope(state, at);
  return behind;
}

/** Punctuation outside of bodies; gives the token to go on from. */
function markAtScope(reader: Reader, state: FileState, at: number, value: number): number {
  if (state.inTemplate) {
    if (value === BYTE.less) state.angle++;
    else if (value === BYTE.greater && --state.angle === 0) {
      state.inTemplate = false;
      if (at === state.templateAt + 2) state.flags |= FLAG.special;
    }
    if (value !== BYTE.openBrace && value !== BYTE.closeBrace && value !== BYTE.semicolon) return at;
    state.inTemplate = false;
  }
  switch (value) {
    case BYTE.openBrace:
      openScope(reader, state, at);
      return at;
    case BYTE.closeBrace:
      closeScope(state, at);
      return at;
    case BYTE.semicolon:
      endDeclaration(reader, state, at);
      resetStatement(state);
      return at;
    case BYTE.open:
      if (state.parens++ === 0) parenthesis(reader, state, at);
      return at;
    case BYTE.close:
      if (state.parens > 0 && --state.parens === 0 && state.parenEnd < state.paren) state.parenEnd = at;
      return at;
    case BYTE.equals:
      if (state.parens === 0 && state.equals < 0 && state.operatorAt < 0) state.equals = at;
      return at;
    case BYTE.star:
      if (state.parens === 0 && state.equals < 0) state.flags &= ~FLAG.constant;
      return at;
    case BYTE.minus:
    case BYTE.plus:
      if (state.first < 0) {
        state.first = at;
        state.flags |= FLAG.method;
      }
      return at;
    case BYTE.at:
      return atSign(reader, state, at);
    default:
      if (state.first < 0) state.first = at;
      return at;
  }
}

/** Remembers the parenthesis that may be a parameter list: not that of an attribute, nor of a macro in capitals before another one. */
function parenthesis(reader: Reader, state: FileState, at: number): void {
  const { kinds, values } = reader.stream;
  if (at === 0 || kinds[at - 1] !== KIND.identifier) {
    if (state.paren < 0 && state.equals < 0) state.paren = at;
    return;
  }
  if (reader.words.roles[values[at - 1] as number] === WATCH.attribute) return;
  if (state.paren < 0 || state.parenIsMacro) {
    if (state.equals >= 0) return;
    state.paren = at;
    state.parenIsMacro = isShouted(state, startOf(reader, at - 1), endOf(reader, at - 1));
  }
}

function isShouted({ bytes }: FileState, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((bytes[i] as number) >= 97 && (bytes[i] as number) <= 122) return false;
  return true;
}

/** A preprocessor line; gives its last token. */
function directiveLine(reader: Reader, state: FileState, at: number): number {
  const { values, starts, ends } = reader.stream;
  switch (values[at] as number) {
    case DIRECTIVE.define:
      return macroLine(reader, state, at);
    case DIRECTIVE.include:
      addSite(reader.sites, SITE.include, starts[at + 1] as number, ends[at + 1] as number, -1, -1);
      if (state.namespaces > 0 && reader.stream.kinds[at + 1] === KIND.includePath) noteInnerInclude(reader, state, at + 1);
      return lineTokensEnd(reader, at);
    case DIRECTIVE.if:
    case DIRECTIVE.elif:
      return conditionLine(reader, state, at);
    case DIRECTIVE.else:
    case DIRECTIVE.endif:
      leaveBranch(state, values[at] === DIRECTIVE.endif);
      return lineTokensEnd(reader, at);
    default:
      return lineTokensEnd(reader, at);
  }
}

function noteInnerInclude({ stream, sites, innerIncludes }: Reader, { bytes, context }: FileState, path: number): void {
  const offset = stream.starts[path] as number;
  const text = Buffer.prototype.latin1Slice.call(bytes, offset + 1, (stream.ends[path] as number) - 1);
  innerIncludes.push({ file: sites.file, offset, name: basename(text), context });
}

function lineTokensEnd(reader: Reader, at: number): number {
  const { kinds, count } = reader.stream;
  let i = at;
  while (i < count && kinds[i] !== KIND.directiveEnd) i++;
  return i;
}

function startOf(reader: Reader, at: number): number {
  return reader.stream.starts[at] as number;
}

function endOf(reader: Reader, at: number): number {
  return reader.stream.ends[at] as number;
}
