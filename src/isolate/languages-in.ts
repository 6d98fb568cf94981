/** Owns the languages of a tree's files by their paths; of a file without an ending its first bytes are read. */
import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";

import { fileError } from "../support/errors.js";
import { isBareHeader, isBareName, LOOKED_AT } from "./bare-header.js";
import { isBinary, type Language, languageOf, mayBeBinary } from "./code-files.js";
import { isMacroList, mayBeMacroList } from "./macro-list.js";

/** Gives the language of a file of the tree, or undefined when it is no code. Throws `input-missing` or `disk`. */
export function languagesIn(root: string): (path: string) => Language | undefined {
  const bare = new Map<string, boolean>();
  const lists = new Map<string, boolean>();
  const binary = new Map<string, boolean>();
  return (path) => {
    const language = languageOf(path);
    if (language !== undefined && mayBeBinary(path)) {
      const isNoText = binary.get(path) ?? isBinary(firstBytes(join(root, path)));
      binary.set(path, isNoText);
      return isNoText ? undefined : language;
    }
    if (language === undefined && mayBeMacroList(path)) {
      const isList = lists.get(path) ?? isMacroList(firstBytes(join(root, path)));
      lists.set(path, isList);
      return isList ? "fragment" : undefined;
    }
    if (language !== undefined || !isBareName(path)) return language;
    const known = bare.get(path) ?? isBareHeader(firstBytes(join(root, path)));
    bare.set(path, known);
    return known ? "header" : undefined;
  };
}

function firstBytes(path: string): Buffer {
  try {
    const handle = openSync(path, "r");
    try {
      const buffer = Buffer.alloc(LOOKED_AT);
      return buffer.subarray(0, readSync(handle, buffer, 0, LOOKED_AT, 0));
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw fileError("read", path, error);
  }
}
