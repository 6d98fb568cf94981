/** Owns what a template is declared with. */
import type { ApiTemplateParameter } from "../../../model/api-snapshot.js";
import type { AstCursor } from "../../../toolchain/libclang/ast.js";
import { DECLARATION as D } from "../../../toolchain/libclang/ast-kinds.js";
import { lineOf, tokensIn } from "../text/c-tokens.js";
import { textBehindEquals } from "../text/initializer.js";
import { decoded } from "../text/source-texts.js";
import { printed } from "./attributes.js";
import type { Reader } from "./reader.js";

const KINDS: ReadonlyMap<number, ApiTemplateParameter["kind"]> = new Map([
  [D.templateType, "type"],
  [D.templateValue, "value"],
  [D.templateTemplate, "template"],
]);

export function templateParametersOf(reader: Reader, children: readonly AstCursor[]): ApiTemplateParameter[] {
  return children.flatMap((cursor) => {
    const kind = KINDS.get(cursor.kind);
    return kind === undefined ? [] : [parameterOf(reader, cursor, kind)];
  });
}

function parameterOf({ ast, texts }: Reader, cursor: AstCursor, kind: ApiTemplateParameter["kind"]): ApiTemplateParameter {
  const name = ast.spelling(cursor);
  const [from, to] = [ast.start(cursor), ast.end(cursor)];
  const [start, end] = [ast.place(from), ast.place(to)];
  const isPlain = start.file === end.file && start.offset < end.offset && !ast.isFromMacro(from);
  const source = isPlain ? texts.of(start.file).slice(start.offset, end.offset) : printed(ast, cursor);
  const text = closed(lineOf(tokensIn(source, 0, source.length)));
  return { kind, name, pack: /\.\.\.\s*\w*$/.test(text), default: textBehindEquals(source, 0, source.length), text: decoded(text) };
}

/** `>>` that ends two templates is one token to the compiler. */
function closed(text: string): string {
  const surplus = text.split(">").length - text.split("<").length;
  return surplus > 0 && text.endsWith(">") ? text.slice(0, -1).trimEnd() : text;
}
