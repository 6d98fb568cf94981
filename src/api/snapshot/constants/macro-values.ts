/** Owns the values of macros that are constant expressions: by our own evaluation, the rest by the compiler. */
import type { ApiMacro } from "../../../model/api-snapshot.js";
import { tokensIn } from "../text/c-tokens.js";
import { type ConstantRules, constantText } from "./constant.js";
import { evaluated } from "./evaluate.js";

export interface MacroValue {
  readonly value: string;
  readonly valueType: string;
}

/** Asks the compiler for the macros that are left, by name. */
export type AskCompiler = (left: readonly ApiMacro[]) => ReadonlyMap<string, MacroValue>;

export function withValues(macros: readonly ApiMacro[], rules: ConstantRules, ask: AskCompiler): ApiMacro[] {
  const bodies = new Map(macros.filter(({ parameters }) => parameters === null).map(({ name, body }) => [name, body]));
  const own = macros.map((macro) => (macro.parameters === null ? withOwn(macro, (name) => bodies.get(name), rules) : macro));
  const left = own.filter((macro) => macro.parameters === null && macro.value === null && mayBeExpression(macro.body));
  if (left.length === 0) return own;
  const asked = ask(left);
  return own.map((macro) => valued(macro, asked.get(macro.name)));
}

function valued(macro: ApiMacro, answer: MacroValue | undefined): ApiMacro {
  return answer === undefined ? macro : { ...macro, ...answer };
}

function withOwn(macro: ApiMacro, bodyOf: (name: string) => string | undefined, rules: ConstantRules): ApiMacro {
  const found = evaluated(macro.body, bodyOf, rules);
  return found === undefined ? macro : { ...macro, value: constantText(found), valueType: found.type };
}

/** Words that start what is no expression. */
const NO_EXPRESSION =
  /^(?:__attribute__|__attribute|__declspec|extern|static|inline|__inline\w*|__extension__|do|while|for|if|else|return|goto|break|continue|switch|case|typedef|using|namespace|template|class|struct|union|enum|constexpr|const|volatile|void|noexcept|throw|try|catch|virtual|override|final|public|private|protected|friend|register|restrict|__restrict\w*|_Pragma|__pragma|asm|__asm\w*)$/;

/** Worth asking the compiler: nothing but words, signs and literals of an expression. */
function mayBeExpression(body: string): boolean {
  const tokens = tokensIn(body, 0, body.length).map(({ text }) => text);
  if (tokens.some((token) => /^[{};#]$/.test(token)) || NO_EXPRESSION.test(tokens[0] ?? "") || tokens[0] === "[") return false;
  return !/^[<>=,.*/&|]$/.test(tokens[0] ?? "") && !/^[<>=,.*/&|+\-!~(]$/.test(tokens.at(-1) ?? "");
}
