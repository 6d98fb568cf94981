/** Owns one instance of a class template as the compiler instantiates it. */
import type { ApiClass, ApiDeclaration, ApiField, ApiInstance, ApiMethod, ApiType } from "../../../../model/api-snapshot.js";
import type { AstCursor, AstPlace, AstType } from "../../../../toolchain/libclang/ast.js";
import { DECLARATION as D, isDeclaration } from "../../../../toolchain/libclang/ast-kinds.js";
import { substitution } from "../../../substitute-arguments.js";
import { argumentsText } from "../../../type-text.js";
import { classOf } from "../classes.js";
import { enumOf } from "../enums.js";
import { fieldOf } from "../fields.js";
import { methodOf } from "../functions.js";
import { declared, type Declared, type Reader } from "../reader.js";
import { valueOf, variableOf } from "../variables.js";
import { bodyOf, errorsOf, liesIn } from "./broken.js";
import { basesOf, type ClassProbe, insideOf, PROBE } from "./probe-text.js";
import { isDependent, ownNames } from "./own-names.js";
import type { Probed } from "./probed.js";

const METHODS: ReadonlySet<number> = new Set([D.method, D.constructor, D.destructor, D.conversion, D.functionTemplate]);

/** What is known of the class while its parts are read. */
interface Instance {
  readonly probed: Probed;
  readonly probe: ClassProbe;
  /** The instantiated class. */
  readonly cursor: AstCursor;
  readonly type: AstType;
  /** The template, or the specialisation, that it was made from. */
  readonly pattern: AstCursor;
  readonly name: string;
}

interface Member {
  readonly method: ApiMethod;
  readonly cursor: AstCursor;
}

/** `used`: as the first reading found it. */
export function readClass(
  probed: Probed,
  probe: ClassProbe,
  used: ApiInstance | undefined,
  declarations: readonly ApiDeclaration[],
): ApiInstance {
  const { reader } = probed;
  const { ast } = reader;
  const typedef = probed.top.get(PROBE.type(probe.index, probe.arguments.length));
  const written = typedef === undefined ? undefined : (ast.lib.typedefTarget(typedef) as AstType);
  const type = written === undefined ? undefined : (ast.lib.canonical(written) as AstType);
  const cursor = type === undefined ? undefined : (ast.lib.definition(ast.lib.typeDeclaration(type)) as AstCursor);
  const kept: ApiInstance = used ?? {
    spelling: probe.spelling,
    type: written === undefined ? { kind: "other", text: probe.spelling } : reader.types.of(written),
    size: null,
    align: null,
    uses: 0,
    name: "",
    declarations: [],
    broken: [],
    problem: null,
  };
  const errors = errorsOf(probed, `class ${probe.index}`);
  if (type === undefined || cursor === undefined || !isDeclaration(cursor))
    return { ...kept, problem: errors[0]?.text ?? "the compiler cannot instantiate it" };
  const pattern = ast.lib.specialized(cursor) as AstCursor;
  const one: Instance = { probed, probe, cursor, type, pattern, name: nameOf(probed, probe, type) };
  const [size, align] = [Number(ast.lib.size(type)), Number(ast.lib.align(type))];
  const rename = ownNames(reader.names.qualified(cursor), one.name);
  const members = isExplicit(one) ? [] : membersOf(one);
  const whole = isExplicit(one) ? explicitOf(one) : classFrom(one, members);
  const blamed = blame(one, members, errors);
  if (whole === undefined || blamed.problem !== null)
    return { ...kept, name: one.name, problem: blamed.problem ?? "it is declared outside of the API's headers" };
  return {
    ...kept,
    size: size > 0 ? size : null,
    align: align > 0 ? align : null,
    name: one.name,
    declarations: [whole, ...insideDeclarations(one, declarations)].map(rename),
    broken: blamed.broken,
  };
}

/** Arguments that the template fills in by itself are left out. */
function nameOf({ reader, top }: Probed, { index, template, arguments: given }: ClassProbe, type: AstType): string {
  const { ast } = reader;
  let count = given.length;
  for (let fewer = given.length - 1; fewer >= 0; fewer--) {
    const typedef = top.get(PROBE.type(index, fewer));
    if (typedef !== undefined && (ast.lib.canonical(ast.lib.typedefTarget(typedef)) as AstType).a === type.a) count = fewer;
  }
  const found = reader.types.of(type);
  const list = found.kind === "named" ? (found.arguments ?? []).slice(0, count) : [];
  return `${template.qualifiedName}<${argumentsText(list)}>`;
}

/** Written out by the headers: of one that is made from a template libclang shows no members. */
function isExplicit({ probed: { reader }, cursor }: Instance): boolean {
  return reader.ast.children(cursor).some(({ kind }) => METHODS.has(kind) || kind === D.field || kind === D.variable);
}

function explicitOf({ probed: { reader }, cursor }: Instance): ApiClass | undefined {
  const found = declared(reader, cursor);
  return found === undefined ? undefined : classOf(reader, found, false);
}

function classFrom(one: Instance, members: readonly Member[]): ApiClass | undefined {
  const { probed, probe, cursor, type, pattern, name } = one;
  const { reader, top } = probed;
  const { ast } = reader;
  const found = declared(reader, pattern);
  if (found === undefined) return undefined;
  const dependent = classOf(reader, found, true);
  const confirmed = basesOf(probe).map((base, i) => (isTrue(reader, top.get(PROBE.base(probe.index, i))) ? base : undefined));
  const written = reader.types.of(type);
  return {
    ...dependent,
    name: probe.template.name,
    qualifiedName: name,
    key: probe.template.key,
    abstract: ast.lib.isAbstract(cursor) !== 0,
    polymorphic: isTrue(reader, top.get(PROBE.virtual(probe.index))),
    pod: ast.lib.isPod(type) !== 0,
    size: Number(ast.lib.size(type)),
    align: Number(ast.lib.align(type)),
    bases: probe.template.bases.flatMap((base, i) => (confirmed[i] === undefined ? [] : [{ ...base, type: confirmed[i] }])),
    templateParameters: null,
    specialization: written.kind === "named" ? written.arguments : null,
    fields: fieldsOf(reader, type, type),
    methods: members.map(({ method }) => method),
    friends: [],
  };
}

function isTrue({ ast }: Reader, cursor: AstCursor | undefined): boolean {
  return cursor !== undefined && valueOf(ast, cursor, ast.lib.type(cursor) as AstType) === "1";
}

function fieldsOf(reader: Reader, type: AstType, around: AstType): ApiField[] {
  const { ast } = reader;
  return ast.fields(type).flatMap((cursor) => {
    const one = declared(reader, cursor);
    if (one === undefined) return [];
    const field = fieldOf(reader, one, around);
    if (field.name !== "" || field.width !== null) return [field];
    return fieldsOf(reader, ast.lib.canonical(ast.lib.type(cursor)) as AstType, around);
  });
}

/** The template's members in their order, each as it was instantiated. */
function membersOf(one: Instance): Member[] {
  const { reader } = one.probed;
  const { ast } = reader;
  const own = instantiated(one);
  return ast.children(one.pattern).flatMap((child): Member[] => {
    const place = METHODS.has(child.kind) ? declared(reader, child) : undefined;
    if (place === undefined) return [];
    const found = own.get(keyOf(place.at));
    const method = found === undefined ? unseen(one, place) : methodOf(reader, found, false);
    if (method === undefined) return [];
    const named = method.role === "constructor" ? { ...method, name: one.probe.template.name } : method;
    const hasBody = found !== undefined && bodyOf(reader, found.cursor) !== undefined;
    return [{ method: { ...named, inline: named.inline || hasBody }, cursor: found?.cursor ?? child }];
  });
}

/** Methods of the class by the place of their template's. */
function instantiated({ probed: { reader, top }, probe: { index } }: Instance): Map<string, Declared> {
  const { ast } = reader;
  const found = new Map<string, Declared>();
  const add = (cursor: AstCursor): void => {
    const one = METHODS.has(cursor.kind) ? declared(reader, cursor) : undefined;
    if (one !== undefined) found.set(keyOf(one.at), one);
  };
  const members = top.get(PROBE.members(index));
  for (const using of members === undefined ? [] : ast.children(members))
    for (const reference of using.kind === D.using ? ast.children(using) : [])
      if (reference.kind === D.overloadedReference)
        for (let i = 0; i < (ast.lib.overloadCount(reference) as number); i++) add(ast.lib.overload(reference, i) as AstCursor);
      else add(ast.lib.referenced(reference) as AstCursor);
  const made = top.get(PROBE.made(index));
  if (made !== undefined) forEachBelow(reader, made, (cursor) => add(ast.lib.referenced(cursor) as AstCursor));
  return found;
}

export function forEachBelow({ ast }: Reader, cursor: AstCursor, act: (one: AstCursor) => void): void {
  for (const child of ast.children(cursor)) {
    act(child);
    forEachBelow({ ast } as Reader, child, act);
  }
}

export function keyOf({ file, offset }: AstPlace): string {
  return `${file}:${offset}`;
}

/** A member that a derived class cannot name: as the template has it, where nothing in it depends on the parameters. */
function unseen({ probed: { reader }, probe, name }: Instance, place: Declared): ApiMethod | undefined {
  const method = methodOf(reader, place, true);
  const self: ApiType = { kind: "named", name, arguments: null };
  const given = probe.type?.kind === "named" ? (probe.type.arguments ?? []) : [];
  const put = substitution(probe.template, given, self);
  const parameters = method.parameters.map((each) => ({ ...each, type: put(each.type) }));
  const result = put(method.result);
  const isKnown = method.templateParameters === null && ![result, ...parameters.map(({ type }) => type)].some(isDependent);
  return isKnown ? { ...method, result, parameters } : undefined;
}

function insideDeclarations({ probed, probe, name }: Instance, declarations: readonly ApiDeclaration[]): ApiDeclaration[] {
  const { reader, top } = probed;
  const { ast } = reader;
  const types = insideOf(probe.template, declarations).flatMap((word): ApiDeclaration[] => {
    const typedef = top.get(PROBE.inside(probe.index, word));
    const type = typedef === undefined ? undefined : (ast.lib.canonical(ast.lib.typedefTarget(typedef)) as AstType);
    const cursor = type === undefined ? undefined : (ast.lib.definition(ast.lib.typeDeclaration(type)) as AstCursor);
    const one = cursor === undefined || !isDeclaration(cursor) ? undefined : declared(reader, cursor);
    if (one === undefined) return [];
    const read = one.cursor.kind === D.enum ? enumOf(reader, one, false) : classOf(reader, one, false);
    return [{ ...read, access: "public", qualifiedName: `${name}::${word}`, parent: name }];
  });
  const members = top.get(PROBE.members(probe.index));
  const constants = (members === undefined ? [] : ast.children(members)).flatMap((using): ApiDeclaration[] => {
    const reference = using.kind === D.using ? ast.children(using).find(({ kind }) => kind === D.overloadedReference) : undefined;
    const cursor = reference === undefined ? undefined : (ast.lib.overload(reference, 0) as AstCursor);
    const one = cursor?.kind === D.variable ? declared(reader, cursor) : undefined;
    if (one === undefined) return [];
    const read = variableOf(reader, one, false, false);
    return [{ ...read, qualifiedName: `${name}::${read.name}`, parent: name }];
  });
  return [...types, ...constants];
}

/** Errors by the member whose body they lie in; one that lies in none is the class's own. */
function blame(
  { probed, pattern, probe }: Instance,
  members: readonly Member[],
  errors: ReturnType<typeof errorsOf>,
): Pick<ApiInstance, "broken" | "problem"> {
  const { reader, path } = probed;
  const bodies = members.map(({ method, cursor }) => ({ method, body: bodyOf(reader, cursor) }));
  const { ast } = reader;
  const whole = { start: ast.place(ast.start(pattern)), end: ast.place(ast.end(pattern)) };
  const nested = ast.children(pattern).filter(({ kind }) => kind === D.class || kind === D.struct || kind === D.classTemplate);
  const inNested = nested.map((one) => ({ start: ast.place(ast.start(one)), end: ast.place(ast.end(one)) }));
  const broken = new Map<string, ApiInstance["broken"][number]>();
  let problem: string | null = null;
  for (const { place, notes, text } of errors) {
    // A line that names what cannot be named says nothing of the class.
    if (place.file === path && probed.probe.lines.has(place.line) && !isOfType(probed, probe, place)) continue;
    const places = [place, ...notes];
    const found = bodies.filter(({ body }) => places.some((one) => liesIn(one, body)));
    for (const { method } of found)
      broken.set(`${method.name} ${method.place.file} ${method.place.line}`, { name: method.name, place: method.place, reason: text });
    if (found.length > 0 || inNested.some((range) => places.some((one) => liesIn(one, range)))) continue;
    if (places.some((one) => liesIn(one, whole))) problem ??= text;
  }
  return { broken: [...broken.values()], problem };
}

/** The typedef of all arguments is the class itself. */
function isOfType({ reader, top }: Probed, { index, arguments: given }: ClassProbe, place: AstPlace): boolean {
  const typedef = top.get(PROBE.type(index, given.length));
  return typedef !== undefined && reader.ast.place(reader.ast.location(typedef)).line === place.line;
}
