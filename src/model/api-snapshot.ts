/**
 * Owns the snapshot of a C or C++ API: what its public headers declare, as one value that both ways of reading them
 * (libclang, clang's AST as JSON) give and that is stored as a file.
 *
 * Names are fully qualified without a leading `::`; inline namespaces are left out of names, unnamed ones are not recorded.
 * Sizes, alignments and offsets are those of the target that the headers were read for.
 */
import { z } from "zod";

/** A place in a header, relative to the first root that holds it. */
export const apiPlaceSchema = z.strictObject({ file: z.string(), line: z.number().int() });
export type ApiPlace = z.infer<typeof apiPlaceSchema>;

/** An argument of a template: a type, or the text of a value, a template or a pack. */
export type ApiTemplateArgument = { readonly type: ApiType } | { readonly text: string };

/**
 * A type by its structure. `const` and `volatile` stand on the node that they qualify: `const char*` is a pointer to a const
 * builtin. Standard typedefs of the language's library keep their usual names (`std::string`, `size_t`, `int64_t`).
 */
export type ApiType = ApiTypeShape & { readonly const?: true | undefined; readonly volatile?: true | undefined };

export type ApiTypeShape =
  /** `int`, `unsigned long`, `bool`, `void`, `char`, `std::nullptr_t`; also typedefs of the standard library for these: `size_t`, `uint8_t`. */
  | { readonly kind: "builtin"; readonly name: string }
  | { readonly kind: "pointer"; readonly to: ApiType }
  | { readonly kind: "reference"; readonly to: ApiType; readonly rvalue: boolean }
  /** `size` null: unknown bound. */
  | { readonly kind: "array"; readonly of: ApiType; readonly size: number | null }
  | {
      readonly kind: "function";
      readonly result: ApiType;
      readonly parameters: readonly ApiType[];
      readonly variadic: boolean;
      readonly noexcept: boolean;
    }
  /** A class, union or enumeration by its qualified name; `arguments` of an instance of a template, null otherwise. Default arguments that were not written are left out. */
  | { readonly kind: "named"; readonly name: string; readonly arguments: readonly ApiTemplateArgument[] | null }
  /** A typedef of the API itself as it was written, and what it stands for. */
  | { readonly kind: "alias"; readonly name: string; readonly arguments: readonly ApiTemplateArgument[] | null; readonly target: ApiType }
  | { readonly kind: "member-pointer"; readonly of: string; readonly to: ApiType }
  /** What depends on a template's parameter, or what no other kind describes: its text. */
  | { readonly kind: "other"; readonly text: string };

const qualifiers = { const: z.literal(true).optional(), volatile: z.literal(true).optional() };

export const apiTypeSchema: z.ZodType<ApiType> = z.lazy(() =>
  z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("builtin"), name: z.string(), ...qualifiers }),
    z.strictObject({ kind: z.literal("pointer"), to: apiTypeSchema, ...qualifiers }),
    z.strictObject({ kind: z.literal("reference"), to: apiTypeSchema, rvalue: z.boolean(), ...qualifiers }),
    z.strictObject({ kind: z.literal("array"), of: apiTypeSchema, size: z.number().nullable(), ...qualifiers }),
    z.strictObject({
      kind: z.literal("function"),
      result: apiTypeSchema,
      parameters: z.array(apiTypeSchema),
      variadic: z.boolean(),
      noexcept: z.boolean(),
      ...qualifiers,
    }),
    z.strictObject({ kind: z.literal("named"), name: z.string(), arguments: templateArgumentsSchema.nullable(), ...qualifiers }),
    z.strictObject({
      kind: z.literal("alias"),
      name: z.string(),
      arguments: templateArgumentsSchema.nullable(),
      target: apiTypeSchema,
      ...qualifiers,
    }),
    z.strictObject({ kind: z.literal("member-pointer"), of: z.string(), to: apiTypeSchema, ...qualifiers }),
    z.strictObject({ kind: z.literal("other"), text: z.string(), ...qualifiers }),
  ]),
);

const templateArgumentsSchema: z.ZodType<readonly ApiTemplateArgument[]> = z.lazy(() =>
  z.array(z.union([z.strictObject({ type: apiTypeSchema }), z.strictObject({ text: z.string() })])),
);

export const apiAccessSchema = z.enum(["public", "protected", "private"]);
export type ApiAccess = z.infer<typeof apiAccessSchema>;

/** What a template is declared with: `typename T = int`, `size_t N`, `template <class> class C`; `text` is the whole parameter. */
const templateParameterSchema = z.strictObject({
  kind: z.enum(["type", "value", "template"]),
  name: z.string(),
  pack: z.boolean(),
  default: z.string().nullable(),
  text: z.string(),
});
export type ApiTemplateParameter = z.infer<typeof templateParameterSchema>;

const common = {
  /** Unqualified. */
  name: z.string(),
  place: apiPlaceSchema,
  /** The comment right before the declaration, with its comment marks taken off. */
  comment: z.string().nullable(),
  /** `deprecated`, `nodiscard`, `warn_unused_result`, `visibility("default")`, thread annotations (`guarded_by(mutex_)`) …, as clang prints them. */
  attributes: z.array(z.string()),
};

/** Of a declaration in a namespace or at global scope, or nested in a class. */
const scoped = {
  ...common,
  qualifiedName: z.string(),
  /** The qualified name of the class that it is nested in, null for one in a namespace or at global scope. */
  parent: z.string().nullable(),
  /** Of a nested one; `public` otherwise. */
  access: apiAccessSchema,
};

export const apiParameterSchema = z.strictObject({
  /** "" for one without a name. */
  name: z.string(),
  type: apiTypeSchema,
  /** Text of the default argument. */
  default: z.string().nullable(),
});
export type ApiParameter = z.infer<typeof apiParameterSchema>;

const callable = {
  mangled: z.string().nullable(),
  result: apiTypeSchema,
  parameters: z.array(apiParameterSchema),
  variadic: z.boolean(),
  noexcept: z.boolean(),
  templateParameters: z.array(templateParameterSchema).nullable(),
  inline: z.boolean(),
  constexpr: z.boolean(),
  deleted: z.boolean(),
};

export const apiFunctionSchema = z.strictObject({
  kind: z.literal("function"),
  ...scoped,
  ...callable,
  /** Declared `extern "C"`, or of a C header. */
  cLanguage: z.boolean(),
  /** `static` at namespace scope: of internal linkage. */
  internal: z.boolean(),
  /** A friend that is declared in a class only: it is found by its arguments, not by its name. */
  hidden: z.literal(true).optional(),
});
export type ApiFunction = z.infer<typeof apiFunctionSchema>;

export const apiMethodSchema = z.strictObject({
  ...common,
  ...callable,
  /** `operator` covers `operator==` and its like, `conversion` is `operator bool`; the name is as in source: `operator==`. */
  role: z.enum(["method", "operator", "conversion", "constructor", "destructor"]),
  access: apiAccessSchema,
  static: z.boolean(),
  virtual: z.boolean(),
  pure: z.boolean(),
  override: z.boolean(),
  final: z.boolean(),
  const: z.boolean(),
  volatile: z.boolean(),
  ref: z.enum(["none", "lvalue", "rvalue"]),
  explicit: z.boolean(),
  defaulted: z.boolean(),
});
export type ApiMethod = z.infer<typeof apiMethodSchema>;

export const apiFieldSchema = z.strictObject({
  ...common,
  type: apiTypeSchema,
  access: apiAccessSchema,
  /** In bits from the start of the class; null where no layout is known. */
  offset: z.number().int().nullable(),
  /** Of a bit-field, in bits. */
  width: z.number().int().nullable(),
  mutable: z.boolean(),
  /** Text of the default member initializer, as in source, without `=`; with its braces if it has them. */
  initializer: z.string().nullable(),
});
export type ApiField = z.infer<typeof apiFieldSchema>;

export const apiClassSchema = z.strictObject({
  kind: z.literal("class"),
  ...scoped,
  key: z.enum(["class", "struct", "union"]),
  /** False for one that is only declared; then all lists are empty. */
  defined: z.boolean(),
  final: z.boolean(),
  abstract: z.boolean(),
  polymorphic: z.boolean(),
  /** Standard layout and trivially copyable as C knows it; null where unknown. */
  pod: z.boolean().nullable(),
  /** Bytes; null where no layout is known. */
  size: z.number().int().nullable(),
  align: z.number().int().nullable(),
  bases: z.array(z.strictObject({ type: apiTypeSchema, access: apiAccessSchema, virtual: z.boolean() })),
  templateParameters: z.array(templateParameterSchema).nullable(),
  /** Of an explicit or partial specialisation: its arguments. */
  specialization: templateArgumentsSchema.nullable(),
  fields: z.array(apiFieldSchema),
  /** Methods, operators, conversions, constructors and the destructor, as declared; none that the compiler adds by itself. */
  methods: z.array(apiMethodSchema),
  /** Fields without a name that are unions or structs have their members in `fields`. */
  friends: z.array(z.string()),
});
export type ApiClass = z.infer<typeof apiClassSchema>;

export const apiEnumSchema = z.strictObject({
  kind: z.literal("enum"),
  ...scoped,
  /** "" as name: its enumerators are constants of the scope around it; the qualified name then ends in `(enum at file:line)`. */
  scopedEnum: z.boolean(),
  underlying: apiTypeSchema,
  enumerators: z.array(z.strictObject({ name: z.string(), value: z.string(), comment: z.string().nullable(), line: z.number().int() })),
});
export type ApiEnum = z.infer<typeof apiEnumSchema>;

export const apiTypedefSchema = z.strictObject({
  kind: z.literal("typedef"),
  ...scoped,
  type: apiTypeSchema,
  templateParameters: z.array(templateParameterSchema).nullable(),
});
export type ApiTypedef = z.infer<typeof apiTypedefSchema>;

/** A variable or constant of a namespace, of global scope, or a static data member. */
export const apiVariableSchema = z.strictObject({
  kind: z.literal("variable"),
  ...scoped,
  type: apiTypeSchema,
  constexpr: z.boolean(),
  /** `extern` declared: defined in a source of the library. */
  external: z.boolean(),
  cLanguage: z.boolean(),
  /** Evaluated: a number as decimal text, a string between double quotes; null where it is none of both. */
  value: z.string().nullable(),
});
export type ApiVariable = z.infer<typeof apiVariableSchema>;

export const apiDeclarationSchema = z.discriminatedUnion("kind", [
  apiClassSchema,
  apiEnumSchema,
  apiFunctionSchema,
  apiTypedefSchema,
  apiVariableSchema,
]);
export type ApiDeclaration = z.infer<typeof apiDeclarationSchema>;

export const apiMacroSchema = z.strictObject({
  name: z.string(),
  place: apiPlaceSchema,
  comment: z.string().nullable(),
  /** Null of one that is no function; the names otherwise, `...` for the rest. */
  parameters: z.array(z.string()).nullable(),
  body: z.string(),
  /** Evaluated as a constant expression where it is one: a number as decimal text, a string between double quotes. */
  value: z.string().nullable(),
  /** The type of that value: `int`, `unsigned long`, `double`, `const char*`. */
  valueType: z.string().nullable(),
});
export type ApiMacro = z.infer<typeof apiMacroSchema>;

/** A class template's instance that the API uses (in a signature, a field, a base or a typedef), or that was asked for. */
const instanceSchema = z.strictObject({
  /** As it is spelled, qualified: `webrtc::ArrayView<const float>`. */
  spelling: z.string(),
  type: apiTypeSchema,
  size: z.number().int().nullable(),
  align: z.number().int().nullable(),
  /** How many declarations use it; 0 for one that was only asked for. */
  uses: z.number().int(),
  /** The class that it is: arguments without typedefs, those that go without saying left out; "" where the compiler knows no such class. */
  name: z.string().default(""),
  /** That class as the compiler instantiates it, then the classes, enumerations and constants in it. */
  declarations: z.array(apiDeclarationSchema).default([]),
  /** Members whose bodies do not compile with these arguments, by name, and what the compiler says. */
  broken: z.array(z.strictObject({ name: z.string(), place: apiPlaceSchema, reason: z.string() })).default([]),
  /** Why there is no such class; null where there is. */
  problem: z.string().nullable().default(null),
});
export type ApiInstance = z.infer<typeof instanceSchema>;

/** An instance of a function template, of a namespace or of a class, that was asked for. */
const functionInstanceSchema = z.strictObject({
  /** As the headers spell it: `webrtc::TimeDelta::Millis<int>`. */
  spelling: z.string(),
  /** The template's qualified name. */
  template: z.string(),
  /** The class that it is a member of, or null. */
  owner: z.string().nullable(),
  arguments: templateArgumentsSchema,
  /** What the template is declared with, and its parameters' types as the header writes them. */
  templateParameters: z.array(templateParameterSchema),
  parameters: z.array(z.string()),
  /** As the compiler instantiates it; null where it cannot. */
  declaration: z.union([apiFunctionSchema, apiMethodSchema]).nullable(),
  problem: z.string().nullable(),
});
export type ApiFunctionInstance = z.infer<typeof functionInstanceSchema>;

export const apiSnapshotSchema = z.strictObject({
  format: z.literal("unfork-api-snapshot"),
  version: z.literal(1),
  /** What read the headers. */
  engine: z.strictObject({ name: z.enum(["libclang", "clang-json"]), version: z.string() }),
  language: z.enum(["c", "c++"]),
  /** As `-std=` takes it, "" for the compiler's default. */
  standard: z.string(),
  /** `x86_64-pc-linux-gnu`. */
  target: z.string(),
  /** Sizes in bytes that the neutral API depends on. */
  widths: z.strictObject({ pointer: z.number(), long: z.number(), wchar: z.number(), char: z.enum(["signed", "unsigned"]) }),
  /** Headers that were asked for, in their order, as an `#include` names them. */
  headers: z.array(z.string()),
  /** Headers of a C API that do not say `extern "C"`: C++ has to say it around them. First those that others include before they say it. */
  plainC: z.array(z.string()).optional(),
  /** Keywords of C++ that the headers of a C API use as names, and words of C that C++ has not. */
  cppWords: z.array(z.string()).optional(),
  /** All headers below the roots that were read, sorted. */
  files: z.array(z.string()),
  /** Declarations below the roots, in the order of the translation unit; a class that is declared and defined stands once, where it is defined. */
  declarations: z.array(apiDeclarationSchema),
  macros: z.array(apiMacroSchema),
  instances: z.array(instanceSchema),
  functionInstances: z.array(functionInstanceSchema).default([]),
  /** Namespaces below the roots with what they are: `inline` ones are left out of names. */
  namespaces: z.array(z.strictObject({ name: z.string(), inline: z.boolean() })),
  /** Namespace aliases, as `absl` for `::absl_legacy`. */
  namespaceAliases: z.array(z.strictObject({ name: z.string(), target: z.string() })),
  /** What the compiler said; a snapshot with errors is only made by `--keep-going`. */
  diagnostics: z.array(
    z.strictObject({
      severity: z.enum(["warning", "error"]),
      place: apiPlaceSchema.nullable(),
      /** From 1; 0 where none is known. */
      column: z.number().int().default(0),
      text: z.string(),
    }),
  ),
});
export type ApiSnapshot = z.infer<typeof apiSnapshotSchema>;
