/** Makes a fresh clone ready with nothing but Node and git: npm packages, build, system packages. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** A program and the Debian/Ubuntu package that brings it; `postgres` and `libcrypto` are looked for in their own ways. */
const PACKAGES = {
  git: "git",
  "g++": "g++",
  ninja: "ninja-build",
  ar: "binutils",
  xz: "xz-utils",
  gpgv: "gpgv",
  "espeak-ng": "espeak-ng",
  "clang++": "clang",
  cmake: "cmake",
  chromium: "chromium",
  zstd: "zstd",
  bzip2: "bzip2",
};

export const DEMO_PROGRAMS = ["git", "g++", "ninja", "ar", "xz", "gpgv", "espeak-ng"];
export const QUICK_PROGRAMS = ["git", "g++", "ninja", "ar"];
export const TEST_PROGRAMS = [...DEMO_PROGRAMS, "clang++", "cmake", "chromium", "zstd", "bzip2", "postgres", "libcrypto"];

/** Everything a command needs; stops with exit 3 and the exact command where it may not install. */
export function setUp(programs) {
  needNode();
  installSystemPackages(programs);
  installNpmPackages();
  must("npm", ["run", "--silent", "build"], "building unfork");
}

function needNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(`Node ${process.versions.node} is too old: unfork needs 20.19 or newer`);
}

function installSystemPackages(programs) {
  install(
    [...new Set(programs.filter((program) => program in PACKAGES && !onPath(program)).map((program) => PACKAGES[program]))].toSorted(),
  );
  if (programs.includes("clang++")) install(sanitizersOfClang());
  if (programs.includes("postgres")) install(postgresServer());
  if (programs.includes("libcrypto")) install(headersOfLibcrypto());
}

function install(missing) {
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(" ")}`;
  if (process.getuid?.() !== 0 || !onPath("apt-get"))
    stop(
      `these packages are missing; install them, then start again:\n  ${onPath("apt-get") ? `sudo apt-get update && sudo ${command}` : `(Debian names) ${missing.join(" ")}`}`,
    );
  say(`installing ${missing.join(" ")}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  must("apt-get", ["update", "-q"], "reading the package lists", environment);
  must("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...missing], "installing system packages", environment);
}

/** Where clang's package does not bring them, they have one of their own, by clang's release. */
function sanitizersOfClang() {
  const folder = askClang("-print-runtime-dir");
  const found = existsSync(folder) && readdirSync(folder).some((name) => name.includes("asan"));
  return found ? [] : [`libclang-rt-${Number.parseInt(askClang("-dumpversion"), 10)}-dev`];
}

/** Debian keeps the server's programs off the path, a folder per release. */
function postgresServer() {
  const releases = existsSync("/usr/lib/postgresql") ? readdirSync("/usr/lib/postgresql") : [];
  const found = onPath("postgres") || releases.some((release) => existsSync(join("/usr/lib/postgresql", release, "bin/postgres")));
  return found ? [] : ["postgresql"];
}

/** For the C++ client's check of signatures. */
function headersOfLibcrypto() {
  return existsSync("/usr/include/openssl/evp.h") ? [] : ["libssl-dev"];
}

function askClang(option) {
  return spawnSync("clang++", [option], { encoding: "utf8" }).stdout.trim();
}

function installNpmPackages() {
  const installed = join(root, "node_modules/.package-lock.json");
  const lock = join(root, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  say("installing npm packages");
  must("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], "npm ci");
}

/** Runs a command whose output is shown only when it fails. */
function must(command, args, what, environment = process.env) {
  const result = spawnSync(command, args, { cwd: root, env: environment, encoding: "utf8", maxBuffer: 1 << 28 });
  if (result.status === 0) return;
  process.stderr.write(`${result.stdout ?? ""}${result.stderr ?? ""}`);
  stop(`${what} failed: ${command} ${args.join(" ")}${result.error === undefined ? "" : ` (${result.error.message})`}`);
}

/** Runs a command in the foreground and gives its exit code. */
export function foreground(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  return result.status ?? 1;
}

export function onPath(program) {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export function say(text) {
  process.stderr.write(`${text}\n`);
}

function stop(text) {
  say(text);
  process.exit(3);
}
