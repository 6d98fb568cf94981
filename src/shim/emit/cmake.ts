/** Owns the shim's CMakeLists.txt: a library with both flavors, one with either alone, and the generated tests. */
import type { ShimPlan } from "../plan/model.js";
import { handRegion } from "./hand-region.js";

export function cmakeText(plan: ShimPlan): string {
  const { namespace, library, flavors } = plan;
  const prefix = namespace.toUpperCase();
  const variable = (flavor: string, what: string): string => `${prefix}_${flavor.toUpperCase()}_${what}`;
  const unit = (flavor: string): string => `src/${namespace}_${flavor}.cc`;
  const names = flavors.map(({ name }) => name);
  return [
    `# ${namespace}: ${library} as both ${flavors.map(({ release }) => release).join(" and ")} have it. Generated.`,
    "cmake_minimum_required(VERSION 3.14...3.28)",
    `project(${namespace} LANGUAGES CXX)`,
    "",
    ...flavors.flatMap(({ name, release }) => [
      `set(${variable(name, "INCLUDE")} "" CACHE STRING "Include folders of ${library} ${release}, isolated as ${name}")`,
      `set(${variable(name, "LIBRARY")} "" CACHE STRING "What links ${library} ${release}: a target, or an archive's path")`,
    ]),
    "# unfork's runtime headers: a target of the project around, an installed package, or a folder.",
    'set(UNFORK_RUNTIME_INCLUDE "" CACHE PATH "The folder that holds unfork/shim.h")',
    "if(NOT TARGET unfork::shim_runtime)",
    "  if(UNFORK_RUNTIME_INCLUDE)",
    "    add_library(unfork::shim_runtime INTERFACE IMPORTED)",
    '    set_target_properties(unfork::shim_runtime PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${UNFORK_RUNTIME_INCLUDE}")',
    "  else()",
    "    find_package(unfork_shim_runtime REQUIRED)",
    "  endif()",
    "endif()",
    "",
    "# Each unit sees its own release's headers only.",
    ...names.map(
      (name) =>
        `set_source_files_properties(${unit(name)} tests/${namespace}_test_${name}.cc PROPERTIES INCLUDE_DIRECTORIES "\${${variable(name, "INCLUDE")}}")`,
    ),
    "",
    ...target(plan, `${namespace}_dual`, names.map(unit), names, undefined),
    ...names.flatMap((name, index) => target(plan, `${namespace}_${name}`, [unit(name)], [name], index)),
    `option(${prefix}_TESTS "Build the generated tests" OFF)`,
    `if(${prefix}_TESTS)`,
    "  enable_testing()",
    `  add_executable(${namespace}_test tests/${namespace}_test.cc ${names.map((name) => `tests/${namespace}_test_${name}.cc`).join(" ")})`,
    `  target_compile_features(${namespace}_test PRIVATE cxx_std_17)`,
    `  target_include_directories(${namespace}_test PRIVATE include)`,
    `  target_link_libraries(${namespace}_test PRIVATE unfork::shim_runtime ${names.map((name) => `\${${variable(name, "LIBRARY")}}`).join(" ")})`,
    `  add_test(NAME ${namespace} COMMAND ${namespace}_test)`,
    "endif()",
    "",
    ...handRegion("targets", "#"),
    "",
  ].join("\n");

  function target(_: ShimPlan, name: string, units: readonly string[], linked: readonly string[], only: number | undefined): string[] {
    return [
      only === undefined ? "# Both flavors: chosen when the program starts." : `# ${linked[0]} alone: every call is a direct one.`,
      `add_library(${name} STATIC EXCLUDE_FROM_ALL ${units.join(" ")})`,
      `target_compile_features(${name} PUBLIC cxx_std_17)`,
      `target_include_directories(${name} PUBLIC include)`,
      ...(only === undefined ? [] : [`target_compile_definitions(${name} PUBLIC UNFORK_SHIM_ONLY=${only})`]),
      `target_link_libraries(${name} PUBLIC unfork::shim_runtime ${linked.map((each) => `\${${variable(each, "LIBRARY")}}`).join(" ")})`,
      "",
    ];
  }
}
