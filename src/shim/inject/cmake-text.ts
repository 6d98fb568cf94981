/** Owns the CMakeLists.txt that builds a component once per flavor. */
import { relative } from "node:path";

import type { InjectRequest } from "./model.js";
import { isC } from "./compile-flavors.js";
import { flavorMacro, MARK, upper } from "./words.js";

export function injectCmake(request: InjectRequest, sources: readonly string[], out: string): string {
  const { component, flavors, folder, includes } = request;
  const at = (path: string): string => `\${CMAKE_CURRENT_LIST_DIR}/${relative(out, path).replaceAll("\\", "/")}`;
  const own = upper(component);
  const hasC = sources.some(isC);
  const hasCxx = sources.length === 0 || !sources.every(isC);
  const defines = request.flags.filter((flag) => /^-[DU]/.test(flag));
  const languages = [...(hasC ? ["C"] : []), ...(hasCxx ? ["CXX"] : [])].join(" ");
  return [
    `# ${component}, built once per flavor from one source. ${MARK}`,
    "cmake_minimum_required(VERSION 3.14...3.28)",
    `project(${component}_flavors LANGUAGES ${languages})`,
    "",
    `set(${own}_DIR "${at(folder)}")`,
    `set(${own}_SOURCES ${sources.map((path) => `"\${${own}_DIR}/${path}"`).join(" ")})`,
    `set(${own}_INCLUDE "\${CMAKE_CURRENT_LIST_DIR}/include" "\${${own}_DIR}" "\${${own}_DIR}/.." ${includes.map((path) => `"${at(path)}"`).join(" ")})`,
    ...flavors.flatMap(({ name, includes: dirs }) => [
      `set(${own}_${upper(name)}_INCLUDE "${dirs.map(at).join(";")}" CACHE STRING "Include folders of the library, isolated as ${name}")`,
      `set(${own}_${upper(name)}_LIBRARY "" CACHE STRING "What links the library isolated as ${name}: a target, or an archive's path")`,
    ]),
    `set(${own}_FLAVORED "\${CMAKE_CURRENT_LIST_DIR}/include/${component}/flavored.h")`,
    "",
    ...flavors.flatMap(({ name }) => [
      `add_library(${component}_${name} STATIC \${${own}_SOURCES})`,
      ...(hasCxx ? [`target_compile_features(${component}_${name} PUBLIC cxx_std_17)`] : []),
      ...(defines.length === 0 ? [] : [`target_compile_options(${component}_${name} PRIVATE ${defines.map(quoted).join(" ")})`]),
      `target_compile_definitions(${component}_${name} PRIVATE ${flavorMacro(component, name)}=1)`,
      `target_include_directories(${component}_${name} PRIVATE \${${own}_INCLUDE} \${${own}_${upper(name)}_INCLUDE})`,
      `target_link_libraries(${component}_${name} PUBLIC \${${own}_${upper(name)}_LIBRARY})`,
      "if(MSVC)",
      `  target_compile_options(${component}_${name} PRIVATE "/FI\${${own}_FLAVORED}")`,
      "else()",
      `  target_compile_options(${component}_${name} PRIVATE "SHELL:-include \\"\${${own}_FLAVORED}\\"")`,
      "endif()",
      "",
    ]),
    "# Both, with the header that shows both.",
    `add_library(${component}_both INTERFACE)`,
    `target_include_directories(${component}_both INTERFACE \${${own}_INCLUDE})`,
    `target_link_libraries(${component}_both INTERFACE ${flavors.map(({ name }) => `${component}_${name}`).join(" ")})`,
    "",
  ].join("\n");
}

function quoted(flag: string): string {
  return `"${flag.replaceAll(/["\\$;]/g, "\\$&")}"`;
}
