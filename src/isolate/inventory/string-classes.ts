/** Owns how a string that holds a library's word is classified: by the call that takes it, then by its shape. */
import type { ScanSeverity, StringClass } from "../../model/isolation-scan.js";

export interface StringRule {
  readonly class: StringClass;
  readonly title: string;
  /** How it is recognised, in words. */
  readonly rule: string;
  /** What two flavors with this string in one program mean. */
  readonly consequence: string;
  readonly severity: ScanSeverity;
  readonly matches: (text: string, callee: string, isCode: (text: string) => boolean) => boolean;
}

/** In the order in which they are tried; the last one takes the rest. */
export const STRING_RULES: readonly StringRule[] = [
  {
    class: "proto-path",
    title: "proto paths",
    rule: "ends with .proto",
    consequence: "the full runtime's descriptor table is keyed by this path: two flavors clash when they start",
    severity: "warning",
    matches: (text) => text.endsWith(".proto"),
  },
  {
    class: "jni-class",
    title: "JNI class paths",
    rule: "argument of FindClass, GetClass, RegisterNatives and their kind, or shaped `a/b/Class`, `La/b/Class;`, `(…)…` with such a part",
    consequence: "names a Java class: must follow when the Java package is renamed, else both flavors bind to one class",
    severity: "warning",
    matches: (text, callee) =>
      /^(FindClass|GetClass|LazyGetClass|RegisterNatives|JavaClass|GetStaticClass)\w*$/.test(callee) || JNI_CLASS.test(text),
  },
  {
    class: "field-trial",
    title: "field trial keys",
    rule: "argument of a call or macro with FieldTrial or Experiment, or of IsEnabled, IsDisabled, Lookup; or shaped `Word-Word…`, `Word-Word/Value/`",
    consequence: "stays, so that one configuration rules both flavors; change it by policy to rule them apart",
    severity: "note",
    matches: (text, callee) => /field_?trial|experiment/i.test(callee) || (TRIAL_CALL.test(callee) && /-/.test(text)) || TRIAL.test(text),
  },
  {
    class: "metric",
    title: "metric and histogram keys",
    rule: "argument of a call or macro with histogram, UMA or counter, or of the calls that count samples in tests; or shaped `Word.Word…` with capitals",
    consequence: "stays, so that dashboards go on; both flavors report under one key",
    severity: "note",
    matches: (text, callee) =>
      /histogram|metrics?::|(^|_)uma(_|$)|counter|NumSamples|NumEvents|MinSample/i.test(callee) || METRIC.test(text),
  },
  {
    class: "generated-code",
    title: "code in strings",
    rule: "holds `namespace name`, `::name::`, or `name::` at the end or together with `;`, a brace at the end, `$placeholder$`, the name being a renamed namespace's",
    consequence:
      "a generator of code writes it: what is generated names the original namespace, and does not compile against a renamed library",
    severity: "warning",
    matches: (text, _callee, isCode) => isCode(text),
  },
  {
    class: "cpp-name",
    title: "messages that name C++",
    rule: "holds `Name::name`",
    consequence: "messages name the code as it was; a list of suppressions for a sanitizer no longer matches the renamed names",
    severity: "note",
    matches: (text) => /(?<![\w.])[A-Za-z_]\w*::~?[A-Za-z_]/.test(text),
  },
  {
    class: "registry",
    title: "registry keys and flag names",
    rule: "argument of a call or macro with flag, register, registry, option, key, plugin or factory; or one lower-case word with `_` or `-`, alone or behind `--`",
    consequence:
      "a key in a table of the process: two flavors meet in it when the table is shared (a common flag library, the environment, the system)",
    severity: "warning",
    matches: (text, callee) => REGISTRY_CALL.test(callee) || /^(--)?[a-z][a-z0-9]*([_-][a-z0-9]+)+$/.test(text),
  },
  {
    class: "path",
    title: "paths and addresses",
    rule: "holds `/` or `\\` between words, or ends with a file's extension",
    consequence: "stays: files, sockets and addresses that both flavors use in common",
    severity: "note",
    matches: (text) => /[\w.-][/\\]+[\w.%-]/.test(text) || /^[\w./\\%-]+\.[a-z][a-z0-9]{0,5}$/.test(text),
  },
  {
    class: "other",
    title: "other texts",
    rule: "none of the rules above",
    consequence: "stays",
    severity: "note",
    matches: () => true,
  },
];

/** A string that is, as a whole, the name of a C symbol that the tree defines. */
export const SYMBOL_RULE: StringRule = {
  class: "symbol",
  title: "symbol names (dlsym)",
  rule: "the whole text is the name of a C function or variable of the tree, and it is no word of plain English: it has a capital behind a small letter, `_` or a digit",
  consequence: "a look-up by name at run time does not find the renamed symbol: change it by policy",
  severity: "warning",
  matches: (text) => /[a-z][A-Z]|_|\d/.test(text),
};

const JNI_CLASS = /^(L?[a-z][\w$]*(\/[a-z][\w$]*)+\/[A-Z][\w$]*;?|\([^)]*L[\w$/]+;[^)]*\).*|\(.*\)L[\w$/]+;)$/;
const TRIAL_CALL = /^(IsEnabled|IsDisabled|Lookup|FindFullName|Find\w*Trial\w*)$/;
const TRIAL = /^(\w*\/)?[A-Z][A-Za-z0-9]*-[A-Z0-9][A-Za-z0-9]*(-[A-Za-z0-9_]+)*(\/.*)?$/;
const METRIC = /^[A-Z][A-Za-z0-9]*(\.[A-Z0-9%][A-Za-z0-9_%]*)+\.?$/;
const REGISTRY_CALL = /flag|regist|option|plugin|factory|(^|_)key(_|$)|getenv|setenv|(^|_)TRACE_|TRACE_EVENT/i;
