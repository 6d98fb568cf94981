/** Owns what a part inserts besides lengthened tokens: into files of other formats, into strings of `asm`, into names of native methods. */
import { scan } from "../../tokens/scan.js";
import { asmInsertions } from "../constructs/asm-symbols.js";
import { type FlavoredNames, flavoredNames } from "../constructs/flavored-names.js";
import { mangledInAssembler } from "../constructs/assembler-mangled.js";
import { underscoredInAssembler } from "../constructs/assembler-underscored.js";
import { type Format, formatInsertions } from "../constructs/format.js";
import { namesPackage, nativeInsertions } from "../constructs/java-native.js";
import { joinInsertions } from "../constructs/x86-prefix.js";
import { dialectOf } from "../code-files.js";
import { type FileEdits, NO_EDITS } from "../decide/file-edits.js";
import type { CodeFile, LoadedPart } from "./part-load.js";
import type { Decision } from "./part-model.js";

export interface FormatEditor {
  /** The edits of a file that is no code. */
  readonly other: (format: Format, bytes: Buffer) => FileEdits;
  /** The edits of a code file, with what its strings and native methods get. */
  readonly code: (file: CodeFile, edits: FileEdits, bytes: Buffer) => FileEdits;
}

/** Knows the names of the decision; looks nothing up before a file asks. */
export function createFormatEditor(part: LoadedPart, decision: Decision): FormatEditor {
  const { request, interner, stream, words } = part;
  const packages = request.packages ?? [];
  const modules = new Set(decision.modules);
  let known: FlavoredNames | undefined;
  const names = (): FlavoredNames => (known ??= namesOf(decision, { namespaces: request.namespaces, packages, suffix: request.suffix }));
  function code(file: CodeFile, edits: FileEdits, bytes: Buffer): FileEdits {
    const inAsm = edits.asm.length > 0 ? asmInsertions(bytes, edits.asm, names()) : undefined;
    const { language } = file;
    const inAssembler =
      language === "gas" || language === "nasm" ? mangledInAssembler({ stream, bytes }, interner, language, names()) : undefined;
    const underscored =
      language === "gas" || language === "nasm" ? underscoredInAssembler({ stream, bytes }, interner, language, names()) : [];
    const isNative = packages.length > 0 && namesPackage(bytes, names());
    if (isNative) scan(bytes, interner, stream, dialectOf(file.language));
    const native = isNative ? nativeInsertions({ stream, bytes, words }, names()) : [];
    const joined = decision.joins && file.language === "nasm" ? joinInsertions(bytes, request.suffix) : [];
    const inModules = edits.modules.filter(({ name }) => modules.has(name));
    const named = inModules.map(({ name, end }) => ({ offset: end, text: request.suffix, names: [name] }));
    const extra = [
      ...(edits.extra ?? []),
      ...(inAsm?.extra ?? []),
      ...native,
      ...joined,
      ...named,
      ...(inAssembler?.extra ?? []),
      ...underscored,
    ];
    const lookups = inAsm?.lookups ?? [];
    const isOpen = (inAsm?.undecided.length ?? 0) + (inAssembler?.undecided.length ?? 0) > 0;
    if (extra.length === (edits.extra?.length ?? 0) && lookups.length === 0 && !isOpen) return edits;
    return {
      ...edits,
      extra,
      stringized: [...edits.stringized, ...lookups],
      undecided: [...edits.undecided, ...(inAsm?.undecided ?? []), ...(inAssembler?.undecided ?? [])],
    };
  }
  return {
    other: (format, bytes) => {
      const extra = formatInsertions(format, bytes, names());
      return extra.length === 0 ? NO_EDITS : { ...NO_EDITS, extra };
    },
    code,
  };
}

function namesOf(
  { everywhere, inFiles, extra, m4, underscored }: Decision,
  given: Omit<Parameters<typeof flavoredNames>[0], "globals">,
): FlavoredNames {
  const namespaces = new Set(given.namespaces);
  const built = extra.flatMap(({ names }) => names).filter((name) => !namespaces.has(name));
  return flavoredNames({ ...given, m4, underscored, globals: [...new Set([...everywhere, ...inFiles.map(([name]) => name), ...built])] });
}
