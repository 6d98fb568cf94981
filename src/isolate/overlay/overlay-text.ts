/** Owns the text of the files that make up an overlay. */
import { canonicalJson } from "../../support/hash.js";
import type { OverlayName, OverlayReport } from "../../model/isolation-overlay.js";

/** The header that every C, C++ and Objective-C unit is compiled with. */
export function overlayHeader(flavor: string, names: readonly OverlayName[]): string {
  const guard = `UNFORK_OVERLAY_${flavor.toUpperCase()}_H_`;
  const by = (means: string) => names.filter((name) => name.means === means);
  const spaces = by("macro").filter(({ kind }) => kind === "namespace");
  const words = by("macro").filter(({ kind }) => kind !== "namespace");
  return [
    `/* Gives the names of a library the suffix of flavor ${flavor}; made by \`unfork isolate --mode overlay\`.`,
    " * Compile every file of the library, and every file that includes its headers, with -include of this file. */",
    `#ifndef ${guard}`,
    `#define ${guard}`,
    ...(spaces.length === 0 ? [] : ["#ifdef __cplusplus", ...spaces.map(define), "#endif"]),
    ...words.map(define),
    ...by("pragma").map(({ from, to }) => `#pragma redefine_extname ${from} ${to}`),
    "#endif",
    "",
  ].join("\n");
}

/** For `.S` files, which run through the C preprocessor. */
export function gasHeader(flavor: string, names: readonly OverlayName[]): string {
  return [`/* Flavor ${flavor}: the names of C and assembler, for .S files. */`, ...names.map(define), ""].join("\n");
}

/** For NASM: `nasm -P FILE`. */
export function nasmHeader(flavor: string, names: readonly OverlayName[]): string {
  return [`; Flavor ${flavor}: the names of C and assembler, for NASM.`, ...names.map(({ from, to }) => `%define ${from} ${to}`), ""].join(
    "\n",
  );
}

function define({ from, to }: OverlayName): string {
  return `#define ${from} ${to}`;
}

/** The flags by language as JSON, for build systems of one's own. */
export function flagsText(flavor: string, flags: OverlayReport["flags"]): string {
  return `${canonicalJson({ format: 1, flavor, ...flags }, 2)}\n`;
}

/** A response file for GCC and Clang: `@FILE`. */
export function responseText(flags: readonly string[]): string {
  return `${flags.map((flag) => (/[\s"\\]/.test(flag) ? `"${flag.replaceAll(/["\\]/g, String.raw`\$&`)}"` : flag)).join("\n")}\n`;
}

/** A target to link the library's targets against; finds the files beside itself. */
export function cmakeText(flavor: string, files: { readonly gas: boolean; readonly nasm: boolean }): string {
  const target = `unfork_overlay_${flavor}`;
  return [
    `# target_link_libraries(<library and whoever includes its headers> PRIVATE ${target})`,
    `add_library(${target} INTERFACE)`,
    `target_compile_options(${target} INTERFACE`,
    option("C,CXX,OBJC,OBJCXX", "-include", OVERLAY_FILES.header),
    ...(files.gas ? [option("ASM", "-include", OVERLAY_FILES.gas)] : []),
    ...(files.nasm ? [option("ASM_NASM", "-P", OVERLAY_FILES.nasm)] : []),
    ")",
    "",
  ].join("\n");
}

function option(languages: string, flag: string, file: string): string {
  return `  "$<$<COMPILE_LANGUAGE:${languages}>:SHELL:${flag} \\"\${CMAKE_CURRENT_LIST_DIR}/${file}\\">"`;
}

/** Names of the files in the overlay's folder. */
export const OVERLAY_FILES = {
  header: "overlay.h",
  gas: "overlay-gas.h",
  nasm: "overlay.nasm",
  flags: "flags.json",
  cmake: "overlay.cmake",
  response: "flags.rsp",
} as const;
