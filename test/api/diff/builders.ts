/** Small snapshots for tests: only what a test is about is written, the rest is as clang gives it for plain code. */
import type {
  ApiClass,
  ApiDeclaration,
  ApiEnum,
  ApiField,
  ApiFunction,
  ApiMacro,
  ApiMethod,
  ApiParameter,
  ApiSnapshot,
  ApiType,
  ApiTypedef,
  ApiVariable,
} from "../../../src/model/api-snapshot.js";

export function snapshot(declarations: readonly ApiDeclaration[], more: Partial<ApiSnapshot> = {}): ApiSnapshot {
  return {
    format: "unfork-api-snapshot",
    version: 1,
    engine: { name: "libclang", version: "16.0.6" },
    language: "c++",
    standard: "c++17",
    target: "x86_64-pc-linux-gnu",
    widths: { pointer: 8, long: 8, wchar: 4, char: "signed" },
    headers: [],
    files: [...new Set(declarations.map(({ place }) => place.file))].toSorted(),
    declarations: [...declarations],
    macros: [],
    instances: [],
    functionInstances: [],
    namespaces: [],
    namespaceAliases: [],
    diagnostics: [],
    ...more,
  };
}

function lastOf(qualifiedName: string): string {
  return qualifiedName.slice(qualifiedName.lastIndexOf(":") + 1);
}

function scoped(qualifiedName: string) {
  return {
    name: lastOf(qualifiedName),
    qualifiedName,
    place: { file: "meter.h", line: 1 },
    comment: null,
    attributes: [],
    parent: null,
    access: "public" as const,
  };
}

const CALLABLE = {
  mangled: null,
  variadic: false,
  noexcept: false,
  templateParameters: null,
  inline: false,
  constexpr: false,
  deleted: false,
};

export function aClass(qualifiedName: string, more: Partial<ApiClass> = {}): ApiClass {
  return {
    kind: "class",
    ...scoped(qualifiedName),
    key: "class",
    defined: true,
    final: false,
    abstract: false,
    polymorphic: false,
    pod: false,
    size: 8,
    align: 8,
    bases: [],
    templateParameters: null,
    specialization: null,
    fields: [],
    methods: [],
    friends: [],
    ...more,
  };
}

export function method(name: string, result: ApiType, parameters: readonly ApiParameter[] = [], more: Partial<ApiMethod> = {}): ApiMethod {
  return {
    name,
    place: { file: "meter.h", line: 2 },
    comment: null,
    attributes: [],
    ...CALLABLE,
    result,
    parameters: [...parameters],
    role: "method",
    access: "public",
    static: false,
    virtual: false,
    pure: false,
    override: false,
    final: false,
    const: false,
    volatile: false,
    ref: "none",
    explicit: false,
    defaulted: false,
    ...more,
  };
}

export function constructor(name: string, parameters: readonly ApiParameter[] = [], more: Partial<ApiMethod> = {}): ApiMethod {
  return method(name, VOID, parameters, { role: "constructor", ...more });
}

export function field(name: string, type: ApiType, more: Partial<ApiField> = {}): ApiField {
  return {
    name,
    place: { file: "meter.h", line: 3 },
    comment: null,
    attributes: [],
    type,
    access: "public",
    offset: null,
    width: null,
    mutable: false,
    initializer: null,
    ...more,
  };
}

export function aFunction(
  qualifiedName: string,
  result: ApiType,
  parameters: readonly ApiParameter[] = [],
  more: Partial<ApiFunction> = {},
): ApiFunction {
  return {
    kind: "function",
    ...scoped(qualifiedName),
    ...CALLABLE,
    mangled: `_Z${qualifiedName}${parameters.map(({ type }) => JSON.stringify(type)).join("")}`,
    result,
    parameters: [...parameters],
    cLanguage: false,
    internal: false,
    ...more,
  };
}

export function anEnum(qualifiedName: string, values: Readonly<Record<string, number>>, more: Partial<ApiEnum> = {}): ApiEnum {
  return {
    kind: "enum",
    ...scoped(qualifiedName),
    scopedEnum: true,
    underlying: INT,
    enumerators: Object.entries(values).map(([name, value], index) => ({ name, value: String(value), comment: null, line: index + 2 })),
    ...more,
  };
}

export function aTypedef(qualifiedName: string, type: ApiType, more: Partial<ApiTypedef> = {}): ApiTypedef {
  return { kind: "typedef", ...scoped(qualifiedName), type, templateParameters: null, ...more };
}

export function aVariable(qualifiedName: string, type: ApiType, value: string | null = null, more: Partial<ApiVariable> = {}): ApiVariable {
  return { kind: "variable", ...scoped(qualifiedName), type, constexpr: true, external: false, cLanguage: false, value, ...more };
}

export function aMacro(name: string, body: string, more: Partial<ApiMacro> = {}): ApiMacro {
  return { name, place: { file: "meter.h", line: 9 }, comment: null, parameters: null, body, value: null, valueType: null, ...more };
}

export function parameter(name: string, type: ApiType, standard: string | null = null): ApiParameter {
  return { name, type, default: standard };
}

export function builtin(name: string): ApiType {
  return { kind: "builtin", name };
}

export const VOID = builtin("void");
export const INT = builtin("int");
export const SIZE = builtin("size_t");
export const FLOAT = builtin("float");

export function pointer(to: ApiType): ApiType {
  return { kind: "pointer", to };
}

export function reference(to: ApiType, rvalue = false): ApiType {
  return { kind: "reference", to, rvalue };
}

export function constant(type: ApiType): ApiType {
  return { ...type, const: true };
}

export function named(name: string, ...types: readonly ApiType[]): ApiType {
  return { kind: "named", name, arguments: types.length === 0 ? null : types.map((type) => ({ type })) };
}

export function alias(name: string, target: ApiType): ApiType {
  return { kind: "alias", name, arguments: null, target };
}
