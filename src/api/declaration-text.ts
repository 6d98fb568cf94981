/** Owns a declaration of a snapshot as one line of C++. */
import type {
  ApiClass,
  ApiEnum,
  ApiField,
  ApiFunction,
  ApiMacro,
  ApiMethod,
  ApiParameter,
  ApiTemplateParameter,
  ApiTypedef,
  ApiVariable,
} from "../model/api-snapshot.js";
import { argumentsText, typeText } from "./readable-type.js";

export function classText(one: ApiClass): string {
  const bases = one.bases.map(({ type, access, virtual }) => `${access}${virtual ? " virtual" : ""} ${typeText(type)}`);
  const head = `${templateText(one.templateParameters)}${one.key} ${one.qualifiedName.replace(SPECIALISED, "")}${argumentsText(one.specialization)}${one.final ? " final" : ""}`;
  return bases.length === 0 ? head : `${head} : ${bases.join(", ")}`;
}

/** The arguments that a specialisation's own name may end in. */
const SPECIALISED = /<.*$/s;

export function enumText({ scopedEnum, name, qualifiedName, underlying }: ApiEnum): string {
  return `enum${scopedEnum ? " class" : ""}${name === "" ? "" : ` ${qualifiedName}`} : ${typeText(underlying)}`;
}

export function functionText(one: ApiFunction): string {
  const words = [one.cLanguage ? 'extern "C"' : "", one.internal ? "static" : "", one.constexpr ? "constexpr" : one.inline ? "inline" : ""];
  return templateText(one.templateParameters) + prefixed(words, typeText(one.result, one.qualifiedName + callText(one)));
}

export function methodText(one: ApiMethod): string {
  const words = [
    one.explicit ? "explicit" : "",
    one.static ? "static" : "",
    one.virtual && !one.override && !one.final ? "virtual" : "",
    one.constexpr ? "constexpr" : "",
  ];
  const call = one.name + callText(one);
  const core = one.role === "method" || one.role === "operator" ? typeText(one.result, call) : call;
  return templateText(one.templateParameters) + prefixed(words, core);
}

function callText(one: ApiFunction | ApiMethod): string {
  const parameters = [...one.parameters.map(parameterText), ...(one.variadic ? ["..."] : [])].join(", ");
  const method = "role" in one ? one : undefined;
  const behind = [
    method?.const === true ? "const" : "",
    method?.volatile === true ? "volatile" : "",
    method?.ref === "lvalue" ? "&" : method?.ref === "rvalue" ? "&&" : "",
    one.noexcept ? "noexcept" : "",
    method?.override === true ? "override" : "",
    method?.final === true ? "final" : "",
    method?.pure === true ? "= 0" : one.deleted ? "= delete" : method?.defaulted === true ? "= default" : "",
  ];
  return [`(${parameters})`, ...behind.filter((word) => word !== "")].join(" ");
}

/** `int count = 4`. */
export function parameterText({ name, type, default: standard }: ApiParameter): string {
  return typeText(type, name) + (standard === null ? "" : ` = ${standard}`);
}

export function fieldText({ name, type, width, initializer, mutable }: ApiField): string {
  const start = initializer === null ? "" : initializer.startsWith("{") ? initializer : ` = ${initializer}`;
  return `${mutable ? "mutable " : ""}${typeText(type, name)}${width === null ? "" : ` : ${width}`}${start}`;
}

export function typedefText({ qualifiedName, type, templateParameters }: ApiTypedef): string {
  return `${templateText(templateParameters)}using ${qualifiedName} = ${typeText(type)}`;
}

export function variableText({ qualifiedName, type, constexpr, external, value }: ApiVariable): string {
  const shown = constexpr && type.const === true ? { ...type, const: undefined } : type;
  const words = [external ? "extern" : "", constexpr ? "constexpr" : ""];
  return prefixed(words, typeText(shown, qualifiedName)) + (value === null ? "" : ` = ${value}`);
}

export function macroText({ name, parameters, body }: ApiMacro): string {
  const head = parameters === null ? name : `${name}(${parameters.join(", ")})`;
  return `#define ${head}${body === "" ? "" : ` ${body.replaceAll(/\s+/g, " ")}`}`;
}

function templateText(parameters: readonly ApiTemplateParameter[] | null): string {
  return parameters === null ? "" : `template <${parameters.map(({ text }) => text).join(", ")}> `;
}

function prefixed(words: readonly string[], text: string): string {
  return [...words.filter((word) => word !== ""), text].join(" ");
}
