/** Owns reading the headers of a question by a spawned clang: its AST as JSON, its preprocessor's macros, a second unit for what neither tells. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { ApiDeclaration, ApiFunctionInstance, ApiMacro, ApiSnapshot } from "../../../model/api-snapshot.js";
import { expandedInstances } from "../asked-instances.js";
import { type ConstantRules, constantText } from "../constants/constant.js";
import { evaluated } from "../constants/evaluate.js";
import { withValues } from "../constants/macro-values.js";
import { instancesOf } from "../instances.js";
import type { SnapshotQuestion } from "../model.js";
import { apiFiles } from "../places.js";
import { openTexts } from "../text/source-texts.js";
import { unitText } from "../unit-text.js";
import { dumpUnit, firstLine, preprocessed } from "./clang-runs.js";
import { declarationsOf } from "./declarations.js";
import { withInheritedVirtual } from "./inherited-virtual.js";
import { macrosIn } from "./macros.js";
import { measured, type Measures, numberAt, withMeasures } from "./measure.js";
import type { JsonReader } from "./reader.js";
import { namingTypedefs, registerTypes } from "./register.js";
import { symbolTable } from "./symbols.js";
import { typeResolver } from "./type-resolver.js";

export async function readByClang(question: SnapshotQuestion): Promise<ApiSnapshot> {
  const folder = await mkdtemp(join(tmpdir(), "unfork-api-"));
  try {
    return await readIn(folder, question);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readIn(folder: string, question: SnapshotQuestion): Promise<ApiSnapshot> {
  const isC = question.language === "c";
  const [unit, second] = ["api", "values"].map((name) => join(folder, `${name}.${isC ? "c" : "cc"}`)) as [string, string];
  await writeFile(unit, unitText(question.headers));
  const files = apiFiles(question.roots, question.directory, unit);
  const texts = openTexts();
  const { nodes, diagnostics } = await dumpUnit(question, unit, files);
  const read = macrosIn({ files, texts }, await preprocessed(question, unit));
  const symbols = symbolTable();
  const reader: JsonReader = {
    types: typeResolver(symbols, (file) => files.pathOf(file) ?? file),
    texts,
    files,
    isC,
    macros: new Map(read.macros.map((macro) => [macro.name, macro])),
    typedefOf: namingTypedefs(nodes),
  };
  const { initializers, ...found } = declarationsOf(reader, nodes, registerTypes(reader, symbols, nodes));
  const instances = instancesOf(found.declarations, []);
  const typedefs = new Set([...reader.typedefOf.values()].map(({ name }) => name ?? ""));
  const measures = await measured(question, second, {
    declarations: found.declarations,
    constants: initializers.keys(),
    instances,
    isC,
    typedefs,
  });
  const rules: ConstantRules = { long: numberAt(measures, "long") ?? 8, isCpp: !isC };
  for (const file of [...question.headers.map(({ path }) => path), ...read.files]) files.pathOf(file);
  return {
    format: "unfork-api-snapshot",
    version: 1,
    engine: { name: "clang-json", version: await firstLine(question.tool, ["--version"]) },
    language: question.language,
    standard: question.standard,
    ...(await targetOf(question, measures)),
    headers: question.headers.map(({ name }) => name),
    files: files.met(),
    declarations: withInheritedVirtual(
      found.declarations.map((one) => withMeasures(withValue(one, initializers, measures, read.macros, rules), measures)),
    ),
    macros: withValues(read.macros, rules, () => new Map()),
    instances: instancesOf(found.declarations, sizesOf(instances, measures)),
    functionInstances: expandedInstances(question.instances.texts).map(unread),
    namespaces: found.namespaces,
    namespaceAliases: found.namespaceAliases,
    diagnostics,
  };
}

/** clang's dump has them, but not in the shape of this reader. */
function unread(spelling: string): ApiFunctionInstance {
  const problem = "clang-json reads no instances of templates: take the snapshot with libclang";
  return { spelling, template: spelling, owner: null, arguments: [], templateParameters: [], parameters: [], declaration: null, problem };
}

async function targetOf({ tool, arguments: args }: SnapshotQuestion, measures: Measures): Promise<Pick<ApiSnapshot, "target" | "widths">> {
  const target = await firstLine(tool, [...args.filter((word) => /^--?target=/.test(word)), "-print-target-triple"]);
  return {
    target,
    widths: {
      pointer: numberAt(measures, "pointer") ?? 8,
      long: numberAt(measures, "long") ?? 8,
      wchar: numberAt(measures, "wchar") ?? 4,
      char: measures.get("char") === "0" ? "unsigned" : "signed",
    },
  };
}

function sizesOf(instances: ApiSnapshot["instances"], measures: Measures) {
  return instances.map(({ spelling, type }) => ({
    type,
    size: numberAt(measures, `size ${spelling}`) ?? -1,
    align: numberAt(measures, `align ${spelling}`) ?? -1,
  }));
}

/** A constant's value: integers by the compiler, texts and other numbers by what they are initialized with. */
function withValue(
  one: ApiDeclaration,
  initializers: ReadonlyMap<string, string>,
  measures: Measures,
  macros: readonly ApiMacro[],
  rules: ConstantRules,
): ApiDeclaration {
  const text = one.kind === "variable" ? initializers.get(one.qualifiedName) : undefined;
  if (one.kind !== "variable" || text === undefined) return one;
  const own = evaluated(text, (name) => macros.find((macro) => macro.name === name && macro.parameters === null)?.body, rules);
  const number = measures.get(`value ${one.qualifiedName}`);
  const isWhole = own === undefined || typeof own.value === "bigint";
  return { ...one, value: isWhole && number !== undefined ? number : own === undefined ? null : constantText(own) };
}
