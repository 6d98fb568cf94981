/** Debian packages whose archives' names are demangled, and the tools they are compared with; unpacked, not installed. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Package, and the archives in it. */
const ARCHIVES = [
  ["libtgowt-dev", ["libtg_owt.a"]],
  ["libprotobuf-dev", ["libprotobuf.a"]],
  ["libgrpc-dev", ["libgrpc.a"]],
  ["libicu-dev", ["libicui18n.a"]],
  ["libboost-log1.74-dev", ["libboost_log.a"]],
  ["libclang-16-dev", ["libclangSema.a", "libclangAST.a"]],
];

/** The newest LLVM that apt offers here. */
const LLVM = ["llvm-22", "libllvm22"];

/** Paths of the archives that could be had; the compiler's own C++ library first. */
export function archives(folder) {
  const own = spawnSync("g++", ["-print-file-name=libstdc++.a"], { encoding: "utf8" }).stdout.trim();
  const found = [own];
  for (const [name, files] of ARCHIVES) {
    const tree = unpacked(folder, [name]);
    const paths = tree === undefined ? [] : readdirSync(tree, { recursive: true, encoding: "utf8" });
    for (const file of files) {
      const path = paths.find((one) => one.endsWith(`/${file}`));
      if (path === undefined) console.log(`not measured: ${file} (apt has no ${name} here)`);
      else found.push(join(tree, path));
    }
  }
  return found;
}

/** How LLVM's demangler is called: the newest from apt, else the one on this machine. */
export function llvmFilter(folder) {
  const tree = unpacked(folder, LLVM);
  const path = tree === undefined ? undefined : find(tree, "bin/llvm-cxxfilt");
  if (path === undefined) return { command: "llvm-cxxfilt", env: process.env };
  const libraries = find(tree, "libLLVM.so.22.1");
  return { command: path, env: { ...process.env, LD_LIBRARY_PATH: join(libraries ?? path, "..") } };
}

function find(tree, end) {
  const path = readdirSync(tree, { recursive: true, encoding: "utf8" }).find((one) => one.endsWith(end));
  return path === undefined ? undefined : join(tree, path);
}

/** The packages' files, or undefined when apt does not have them. */
function unpacked(folder, names) {
  const tree = join(folder, names[0]);
  if (spawnSync("apt-get", ["download", "-q", ...names], { cwd: folder, stdio: "ignore" }).status !== 0) return undefined;
  for (const name of names) {
    const deb = readdirSync(folder).find((file) => file.startsWith(`${name}_`) && file.endsWith(".deb"));
    if (deb === undefined || spawnSync("dpkg-deb", ["-x", deb, tree], { cwd: folder, stdio: "ignore" }).status !== 0) return undefined;
  }
  return tree;
}
