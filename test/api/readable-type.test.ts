import { describe, expect, it } from "vitest";

import { typeText } from "../../src/api/readable-type.js";
import type { ApiType } from "../../src/model/api-snapshot.js";
import { alias, builtin, constant, INT, named, pointer, reference, VOID } from "./diff/builders.js";

const CHAR = builtin("char");
const CALL: ApiType = { kind: "function", result: VOID, parameters: [INT, pointer(CHAR)], variadic: false, noexcept: false };

describe("a type as C++ text", () => {
  it.each<[string, ApiType, string]>([
    ["const char* text", pointer(constant(CHAR)), "text"],
    ["char* const* list", pointer(constant(pointer(CHAR))), "list"],
    ["const std::vector<int>& all", reference(constant(named("std::vector", INT))), "all"],
    ["Meter&& other", reference(named("Meter"), true), "other"],
    ["int** out", pointer(pointer(INT)), "out"],
    ["char* const end", constant(pointer(CHAR)), "end"],
    ["void (*hook)(int, char*)", pointer(CALL), "hook"],
    ["void (*)(int, char*)", pointer(CALL), ""],
    ["std::function<void(int, char*)> call", named("std::function", CALL), "call"],
    ["int table[4]", { kind: "array", of: INT, size: 4 }, "table"],
    ["int (&table)[4]", reference({ kind: "array", of: INT, size: 4 }), "table"],
    ["int (*row)[]", pointer({ kind: "array", of: INT, size: null }), "row"],
    ["void (Meter::*step)(int, char*)", { kind: "member-pointer", of: "Meter", to: CALL }, "step"],
    ["Sample value", alias("Sample", builtin("short")), "value"],
    ["const int", constant(INT), ""],
  ])("%s", (text, type, name) => {
    expect(typeText(type, name)).toBe(text);
  });
});
