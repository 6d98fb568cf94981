/** Owns the oracle for symbol tables of every format: what `readelf` and `llvm-readobj` list, entry by entry, in one form. */
import { runOk } from "../../src/support/exec.js";

/** `size` is null in formats that have none; `section` is a number, or ABS, COM, UND. */
export interface ListedSymbol {
  readonly name: string;
  readonly class: string;
  readonly section: string;
  readonly value: number;
  readonly size: number | null;
}

/** ELF of any width and byte order, by `readelf -sW`. */
export async function readelfSymbols(path: string): Promise<ListedSymbol[]> {
  const { stdout } = await runOk({ command: "readelf", args: ["-sW", path] });
  const line = /^ *(\d+): ([0-9a-f]+) +((?:0x)?[0-9a-f]+) (\w+) +(\w+) +\w+ +(?:\[[^\]]*\] +)?(\w+) ?(.*)$/;
  return stdout
    .toString("utf8")
    .split("\n")
    .flatMap((text) => {
      const [, number, value = "", size = "", type = "", binding = "", section = "", name = ""] = line.exec(text) ?? [];
      if (number === undefined || number === "0") return [];
      const code = elfClass(type, binding, section);
      return [{ name: type === "SECTION" ? "" : name, class: code, section, value: Number.parseInt(value, 16), size: Number(size) }];
    });
}

function elfClass(type: string, binding: string, section: string): string {
  if (type === "SECTION" || type === "FILE") return type.toLowerCase();
  if (binding === "LOCAL") return "local";
  if (section === "UND") return binding === "WEAK" ? "undefinedWeak" : "undefined";
  if (section === "COM") return "common";
  if (binding === "UNIQUE") return "unique";
  return binding === "WEAK" ? "weak" : "strong";
}

/** Mach-O and COFF, by `llvm-readobj --symbols`. */
export async function readobjSymbols(path: string, readobj = "llvm-readobj"): Promise<ListedSymbol[]> {
  const { stdout } = await runOk({ command: readobj, args: ["--symbols", path] });
  const text = stdout.toString("utf8");
  const blocks = text.split(/^ {2}Symbol \{$/m).slice(1);
  return /^Format: Mach-O/m.test(text) ? blocks.map(machSymbol) : coffSymbols(blocks);
}

function field(block: string, name: string): string {
  return new RegExp(`^ {4}${name}: (.*)$`, "m").exec(block)?.[1] ?? "";
}

function numberIn(text: string): string {
  return /\((0x[0-9A-Fa-f]+|-?\d+)\)$/.exec(text)?.[1] ?? "";
}

function machSymbol(block: string): ListedSymbol {
  const name = field(block, "Name").replace(/ ?\(\d+\)$/, "");
  const value = Number(field(block, "Value"));
  const type = field(block, "Type");
  const external = /^ {4}(Extern|PrivateExtern)$/m.test(block);
  const section = String(Number(numberIn(field(block, "Section"))));
  if (type === "" || /^ {4}Stab/m.test(block)) return { name, class: "file", section: "ABS", value, size: null };
  if (type.startsWith("Undef")) {
    if (external && value !== 0) return { name, class: "common", section: "COM", value, size: null };
    return { name, class: /WeakRef/.test(block) ? "undefinedWeak" : "undefined", section: "UND", value, size: null };
  }
  const at = type.startsWith("Section") ? section : "ABS";
  if (!external) return { name, class: "local", section: at, value, size: null };
  return { name, class: at !== "ABS" && /WeakDef/.test(block) ? "weak" : "strong", section: at, value, size: null };
}

interface Coff {
  readonly name: string;
  readonly value: number;
  readonly section: number;
  readonly storage: string;
  readonly block: string;
}

function coffSymbols(blocks: readonly string[]): ListedSymbol[] {
  const symbols = blocks.map((block): Coff => {
    const section = Number(numberIn(field(block, "Section")));
    return {
      name: field(block, "Name"),
      value: Number(field(block, "Value")),
      section,
      storage: field(block, "StorageClass").split(" ")[0] ?? "",
      block,
    };
  });
  const selections = new Map(
    symbols.flatMap(({ section, block }) =>
      /Selection: (\w+)/.exec(block)?.[1]?.replace(/^0x0$/, "") && section > 0 ? [[section, block] as const] : [],
    ),
  );
  const byName = new Map(symbols.map((symbol) => [symbol.name, symbol]));
  return symbols.map((symbol) => {
    const { section, value } = coffPlace(symbol, byName);
    return { name: symbol.name, class: coffClass(symbol, byName, selections), section, value, size: null };
  });
}

function definitionOf(symbol: Coff, byName: ReadonlyMap<string, Coff>): Coff {
  const linked = /Linked: (.*) \(\d+\)/.exec(symbol.block)?.[1];
  return (symbol.storage === "WeakExternal" && linked !== undefined ? byName.get(linked) : undefined) ?? symbol;
}

function coffPlace(symbol: Coff, byName: ReadonlyMap<string, Coff>): { section: string; value: number } {
  const { section, value, storage } = definitionOf(symbol, byName);
  if (section > 0) return { section: String(section), value };
  if (section < 0) return { section: "ABS", value };
  return storage === "External" && value !== 0 ? { section: "COM", value: 0 } : { section: "UND", value };
}

/** A section that may be dropped makes its externals weak; an associative one does what the section does that it hangs on. */
function coffClass(symbol: Coff, byName: ReadonlyMap<string, Coff>, selections: ReadonlyMap<number, string>): string {
  const { section, value, storage, block } = symbol;
  if (storage === "File" || section === -2) return "file";
  if (storage === "Static") return /AuxSectionDef/.test(block) ? "section" : "local";
  if (storage === "WeakExternal") return definitionOf(symbol, byName).section > 0 ? "weak" : "undefinedWeak";
  if (storage !== "External") return "local";
  if (section === 0) return value === 0 ? "undefined" : "common";
  let selection = selections.get(section) ?? "";
  for (let steps = 0; /Selection: Associative/.test(selection) && steps < 8; steps++) {
    selection = selections.get(Number(/AssocSection: .*\((\d+)\)/.exec(selection)?.[1])) ?? "";
  }
  return /Selection: \w/.test(selection) && !/Selection: NoDuplicates/.test(selection) ? "weak" : "strong";
}
