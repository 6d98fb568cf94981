/**
 * Shims of WebRTC M120 and M150, by the command alone, over surfaces of three widths: AudioProcessing, the audio core's public headers,
 * and those with the headers of its modules. Each is read, generated, compiled with both releases and linked into one program.
 * Needs the demo's trees and archives: npm run demo first. Usage: node bench/webrtc-shim.bench.mjs [--keep]
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { glob } from "tinyglobby";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "..");
const UNFORK = join(ROOT, "bin", "unfork.js");
const EXAMPLE = join(ROOT, "examples", "webrtc-audio");
const DEMO = join(EXAMPLE, ".unfork");
const FLAVORS = [
  ["legacy", "M120"],
  ["latest", "M150"],
];

const OTHERS = ["**/*{test,mock,fake,armv7,neon,mips,avx2,sse,spl_inl,ooura,fir_filter_c,sinusoidal}*"];
/** Their library (TensorFlow Lite), or their devices, are not in the trees. */
const ABSENT = ["**/neural_residual_echo_estimator_creator.h", "**/create_audio_device_module.h"];
const CORE = ["api/{audio,units,numerics,environment}/*.h", "common_audio/**/*.h", "modules/audio_processing/include/*.h"];
/** Members of a template's base that do not compile for this class; what stands in the library for its own tests. */
const EXCLUDE = [...["RoundTo", "RoundUpTo", "RoundDownTo"].map((name) => `webrtc::Timestamp::${name}`), "webrtc::test"];

const DEFINES = ["-DWEBRTC_POSIX", "-DWEBRTC_LINUX", "-DWEBRTC_APM_DEBUG_DUMP=0", "-DNDEBUG"];

const SURFACES = [
  {
    title: "AudioProcessing",
    headers: [["modules/audio_processing/include/audio_processing.h"], ["api/audio/audio_processing.h"]],
    names: ["webrtc::AudioProcessing"],
  },
  { title: "audio core, public headers", headers: [CORE, CORE], program: "use.cc" },
  {
    title: "with its modules",
    headers: [
      [...CORE, "modules/audio_processing/{agc,agc2,ns,aec3}/*.h"],
      [...CORE, "modules/audio_processing/{agc,agc2,ns,aec3}/*.h"],
    ],
    program: "use.cc",
  },
];

if (!existsSync(join(DEMO, "build", "latest", "liblatest.a"))) {
  console.error("the demo's trees and archives are not there: npm run demo makes them");
  process.exit(3);
}
console.log(
  "| surface | headers (older, newer) | classes | structs | enumerations | items | generated | read and generated in (CPU) | compiled by g++ in (CPU) | one program says |",
);
console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
for (const surface of SURFACES) {
  const folder = mkdtempSync(join(tmpdir(), "unfork-webrtc-shim-"));
  console.log(await measure(surface, folder));
  if (process.argv.includes("--keep")) console.error(folder);
  else rmSync(folder, { recursive: true, force: true });
}

function rootsOf(flavor) {
  const tree = join(DEMO, "isolated", flavor);
  return [join(tree, "third_party", "webrtc"), join(tree, "third_party", "abseil-cpp"), tree, join(EXAMPLE, "include")];
}

async function measure({ title, headers, names = [], program }, folder) {
  let cpu = 0;
  const counts = [];
  const listed = [];
  for (const [side, [flavor]] of FLAVORS.entries()) {
    const [webrtc, abseil, ...rest] = rootsOf(flavor);
    const list = (await glob(headers[side], { cwd: webrtc, ignore: [...OTHERS, ...ABSENT] })).toSorted();
    counts.push(list.length);
    listed.push(...list);
    const includes = [webrtc, abseil, ...rest].flatMap((root) => ["--include", root]);
    const flags = DEFINES.map((define) => `--cxxflag=${define}`);
    const args = [
      "api",
      "snapshot",
      "--headers",
      ...list.map((path) => join(webrtc, path)),
      "--root",
      webrtc,
      abseil,
      ...includes,
      ...flags,
      "--std",
      "c++20",
      "--out",
      join(folder, `${flavor}.json`),
    ];
    cpu += run(process.execPath, [UNFORK, ...args]).cpu;
  }
  const surface = {
    library: "webrtc",
    names,
    headers: names.length > 0 ? [] : [...new Set(listed)],
    exclude: EXCLUDE,
    kinds: { "webrtc::AudioProcessing": "object" },
    map: { namespaces: { rtc: "webrtc", cricket: "webrtc" } },
  };
  writeFileSync(join(folder, "surface.json"), JSON.stringify(surface));
  const shim = join(folder, "shim");
  const generate = [
    "shim",
    "generate",
    "--flavor",
    ...each((flavor) => join(folder, `${flavor}.json`)),
    "--release",
    ...each((_, release) => release),
  ];
  const archives = each((flavor) => join(DEMO, "build", flavor, `lib${flavor}.a`));
  cpu += run(process.execPath, [
    UNFORK,
    ...generate,
    "--archive",
    ...archives,
    "--surface",
    join(folder, "surface.json"),
    "--out",
    shim,
  ]).cpu;
  const manifest = JSON.parse(readFileSync(join(shim, "shim.json"), "utf8"));
  const compiled = compile(shim, folder);
  const said = program === undefined ? "" : link(join(HERE, "webrtc-shim", program), shim, folder);
  const of = (kind) => manifest.items.filter((one) => one.kind === kind && one.status === "generated").length;
  const items = manifest.items.length;
  const generated = manifest.items.filter(({ status }) => status === "generated").length;
  const cells = [
    title,
    counts.join(", "),
    of("class"),
    of("struct"),
    of("enum"),
    items,
    `${generated} (${((100 * generated) / items).toFixed(1)} %)`,
    `${cpu.toFixed(1)} s`,
    `${compiled.toFixed(0)} s`,
    said,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** `legacy=… latest=…` */
function each(value) {
  return FLAVORS.map(([flavor, release]) => `${flavor}=${value(flavor, release)}`);
}

function shimIncludes(shim) {
  return ["-I", join(shim, "include"), "-I", join(ROOT, "runtime", "include")];
}

function compile(shim, folder) {
  let cpu = 0;
  for (const [flavor] of FLAVORS) {
    const includes = [...shimIncludes(shim), ...rootsOf(flavor).flatMap((root) => ["-I", root])];
    const unit = join(shim, "src", `webrtc_shim_${flavor}.cc`);
    cpu += run("g++", ["-std=c++20", "-O1", "-w", ...DEFINES, ...includes, "-c", unit, "-o", join(folder, `${flavor}.o`)]).cpu;
  }
  return cpu;
}

function link(source, shim, folder) {
  const objects = FLAVORS.map(([flavor]) => join(folder, `${flavor}.o`));
  const archives = FLAVORS.map(([flavor]) => join(DEMO, "build", flavor, `lib${flavor}.a`));
  const program = join(folder, "use");
  run("g++", [
    "-std=c++20",
    "-O1",
    ...shimIncludes(shim),
    source,
    ...objects,
    ...archives,
    "-Wl,--gc-sections",
    "-lpthread",
    "-o",
    program,
  ]);
  return `${run(program, []).stdout.trim().split("\n").join("<br>")}<br>${statSync(program).size} bytes`;
}

/** CPU seconds of the command and its children. */
function run(command, args) {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", 'TIMEFORMAT="%U %S"; time "$@"', "run", command, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  const lines = stderr.trim().split("\n");
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${lines.slice(0, 12).join("\n")}`);
  const [user, system] = (lines.at(-1) ?? "").split(" ").map(Number);
  return { stdout, cpu: user + system };
}
