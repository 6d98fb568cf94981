/** Holds what a snapshot tells of C headers, and of macros, constants and comments. */
import { describe, expect, it } from "vitest";

import { typeText } from "../../../src/api/type-text.js";
import type { ApiSnapshot } from "../../../src/model/api-snapshot.js";
import { findLibclang } from "../../../src/toolchain/libclang/find-libclang.js";
import { declarationOf, snapshotOf } from "../../helpers/snapshots.js";

const libclang = await findLibclang();

const C = `
#ifndef METER_H
#define METER_H
#include <stddef.h>
#include <stdarg.h>
#ifdef __cplusplus
#define METER_BEGIN extern "C" {
#define METER_END }
#else
#define METER_BEGIN
#define METER_END
#endif
/* The release,
 * as a number. */
#define METER_VERSION 0x0102
#define METER_NAME "meter" "-c"
#define METER_FLAG (1u << 3) // the fourth bit
#define METER_ALL ((size_t)-1)
#define METER_FIRST METER_RED
#define METER_MAX(a, b, ...) ((a) > (b) ? (a) : (b))
#define METER_EMPTY
#define METER_API __attribute__((visibility("default")))
#define METER_GONE 3
#undef METER_GONE
METER_BEGIN

typedef struct meter meter;
typedef struct { int low, high; } meter_range; // both ends
typedef enum { METER_RED, METER_BLUE = 4 } meter_color;
enum { METER_LIMIT = 99 };
struct meter_node { struct meter_node* next; union { long l; double d; } value; unsigned on : 1; };
typedef void (*meter_done)(meter* m, int code);

// Not of open:
// it has an empty line behind it.

/**
 * Opens one.
 *   @param out  takes it
 */
METER_API int meter_open(meter** out, const char* name);
extern const int meter_count;
void meter_log(meter* m, va_list args) METER_API;
static inline int meter_half(int x) { return x / 2; }
void meter_wait(meter* m, meter_done done, struct meter_node* list[], meter_color color, size_t size);

METER_END
#endif
`;

describe.skipIf(libclang === undefined)("C headers in a snapshot (libclang)", async () => {
  const snapshots = libclang === undefined ? [] : [await snapshotOf(C, { language: "c" }), await snapshotOf(C)];
  const languages = ["c", "c++"] as const;

  it.each(languages)("names tags by their typedefs and keeps a struct that is only declared, read as %s", (language) => {
    const snapshot = snapshots[languages.indexOf(language)] as ApiSnapshot;
    expect(declarationOf(snapshot, "class", "meter")).toMatchObject({ key: "struct", defined: false });
    expect(declarationOf(snapshot, "class", "meter_range")).toMatchObject({ defined: true, size: 8, pod: true, comment: "both ends" });
    expect(declarationOf(snapshot, "enum", "meter_color").enumerators.map(({ name, value }) => `${name}=${value}`)).toEqual([
      "METER_RED=0",
      "METER_BLUE=4",
    ]);
    expect(snapshot.declarations.filter(({ kind }) => kind === "typedef").map(({ name }) => name)).toEqual(["meter_done"]);
    expect(declarationOf(snapshot, "class", "meter_node").fields.map(({ name, offset, width }) => [name, offset, width])).toEqual([
      ["next", 0, null],
      ["value", 64, null],
      ["on", 128, 1],
    ]);
  });

  it.each(languages)("knows that functions are C's, whoever reads them: %s", (language) => {
    const snapshot = snapshots[languages.indexOf(language)] as ApiSnapshot;
    const open = declarationOf(snapshot, "function", "meter_open");
    expect(open).toMatchObject({ cLanguage: true, mangled: "meter_open", internal: false, attributes: ['visibility("default")'] });
    expect(open.parameters.map(({ type }) => typeText(type))).toEqual(["meter**", "const char*"]);
    expect(declarationOf(snapshot, "function", "meter_half")).toMatchObject({ internal: true, inline: true });
    expect(declarationOf(snapshot, "variable", "meter_count")).toMatchObject({ external: true, cLanguage: true, value: null });
    expect(declarationOf(snapshot, "function", "meter_wait").parameters.map(({ type }) => typeText(type))).toEqual([
      "meter*",
      "meter_done",
      "meter_node**",
      "meter_color",
      "size_t",
    ]);
    expect(declarationOf(snapshot, "function", "meter_log").parameters[1]?.type).toEqual({ kind: "builtin", name: "va_list" });
  });

  it("takes the comment right before a declaration, without its marks", () => {
    const snapshot = snapshots[0] as ApiSnapshot;
    expect(declarationOf(snapshot, "function", "meter_open").comment).toBe("Opens one.\n  @param out  takes it");
    expect(declarationOf(snapshot, "class", "meter_node").comment).toBeNull();
  });

  it.each(languages)("gives macros their values, without guards, empty ones and those that are taken back: %s", (language) => {
    const snapshot = snapshots[languages.indexOf(language)] as ApiSnapshot;
    const told = snapshot.macros
      .filter(({ name }) => !/BEGIN|END/.test(name))
      .map(({ name, value, valueType }) => [name, value, valueType]);
    expect(told).toEqual([
      ["METER_VERSION", "258", "int"],
      ["METER_NAME", '"meter-c"', "const char*"],
      ["METER_FLAG", "8", "unsigned int"],
      ["METER_ALL", "18446744073709551615", "unsigned long"],
      ["METER_FIRST", "0", language === "c" ? "int" : "meter_color"],
      ["METER_MAX", null, null],
      ["METER_API", null, null],
    ]);
    expect(snapshot.macros.find(({ name }) => name === "METER_MAX")).toMatchObject({
      parameters: ["a", "b", "..."],
      body: "((a) > (b) ? (a) : (b))",
    });
    expect(snapshot.macros.find(({ name }) => name === "METER_VERSION")?.comment).toBe("The release,\nas a number.");
    expect(snapshot.macros.find(({ name }) => name === "METER_FLAG")?.comment).toBe("the fourth bit");
  });

  it("tells the target and what widths it has", () => {
    const snapshot = snapshots[0] as ApiSnapshot;
    expect(snapshot.widths).toMatchObject({ pointer: 8, long: 8, wchar: 4 });
    expect(snapshot.target).not.toBe("");
  });
});
