/** Owns what is known of single options beyond what their sources show: which library, what the option does not reach. */

export interface KnownOption {
  readonly option: RegExp;
  readonly library: string;
  readonly step?: string;
  readonly covers?: string;
  readonly leaves?: string;
}

const C_LEFT = "macros, include guards, file names, header names";

/** By option; the rules of the search find them, this only words them better. */
export const KNOWN_OPTIONS: readonly KnownOption[] = [
  {
    option: /^ABSL_OPTION_INLINE_NAMESPACE_NAME$/,
    library: "abseil",
    step: "in absl/base/options.h: #define ABSL_OPTION_USE_INLINE_NAMESPACE 1 and #define ABSL_OPTION_INLINE_NAMESPACE_NAME {flavor}",
    covers: "everything in namespace absl, and the C symbols that pass through ABSL_INTERNAL_C_SYMBOL",
    leaves:
      "FLAGS_… of ABSL_FLAG at global scope, C symbols that miss the macro, flag names, macros, include guards; whoever forward-declares absl:: by hand no longer compiles",
  },
  {
    option: /^(FMT_BEGIN_NAMESPACE)$/,
    library: "fmt",
    step: "compile library and users with FMT_BEGIN_NAMESPACE defined as `namespace fmt { inline namespace v_{flavor} {` and FMT_END_NAMESPACE as `}}`",
  },
  {
    option: /^SPDLOG_NAMESPACE/,
    library: "spdlog",
    leaves: "the registry of loggers is per copy; macros, include guards, the bundled fmt (see its own option)",
  },
  {
    option: /^NLOHMANN_JSON_NAMESPACE/,
    library: "nlohmann json",
    step: "compile library and users with NLOHMANN_JSON_NAMESPACE=nlohmann::{flavor}, NLOHMANN_JSON_NAMESPACE_BEGIN as `namespace nlohmann { inline namespace {flavor} {` and NLOHMANN_JSON_NAMESPACE_END as `}}`",
    leaves: "macros (JSON_…, NLOHMANN_…), include guards; whoever forward-declares nlohmann:: by hand",
  },
  { option: /^RAPIDJSON_NAMESPACE/, library: "RapidJSON", step: "compile library and users with -DRAPIDJSON_NAMESPACE=rapidjson_{flavor}" },
  {
    option: /^QT_NAMESPACE$/,
    library: "Qt",
    step: "configure with -qtnamespace Qt_{flavor}",
    leaves: "C symbols of bundled libraries, plugin names, meta-type names, resource names",
  },
  {
    option: /^VTK_ABI_NAMESPACE/,
    library: "VTK",
    step: "configure with -DVTK_ABI_NAMESPACE_NAME=vtk_{flavor}",
    leaves: "bundled third-party libraries unless mangled, C symbols, macros",
  },
  {
    option: /^BORINGSSL_PREFIX$/,
    library: "BoringSSL",
    step: "build with -DBORINGSSL_PREFIX={flavor} and the generated prefix headers",
    covers: "C functions and data, asm symbols; C++ by an inline namespace",
    leaves: "types, enumerators, typedefs, macros",
  },
  {
    option: /^Z_PREFIX$/,
    library: "zlib",
    step: "compile library and users with -DZ_PREFIX",
    covers: "the names listed in zconf.h, as z_<name>",
    leaves: "one fixed prefix: it parts one copy from another, not two prefixed ones; macros and include guards; `gzFile_s` and other tags",
  },
  {
    option: /^PNG_PREFIX$/,
    library: "libpng",
    step: "configure with --with-libpng-prefix={flavor}_",
    leaves: "types, macros, include guards",
  },
  {
    option: /^XXH_NAMESPACE$/,
    library: "xxHash",
    step: "compile library and users with -DXXH_NAMESPACE={flavor}_",
    covers: "public functions",
    leaves: "types, macros",
  },
  {
    option: /^U_DISABLE_RENAMING$/,
    library: "ICU",
    step: "configure with --with-library-suffix=_{flavor} and keep renaming on (U_DISABLE_RENAMING 0)",
    covers: "C functions and, with U_NAMESPACE, C++",
    leaves: "macros, data file names",
  },
  {
    option: /^RTC_OBJC_TYPE_PREFIX$/,
    library: "WebRTC (Objective-C)",
    step: 'build with rtc_objc_prefix="{Flavor}" (or -DRTC_OBJC_TYPE_PREFIX={Flavor})',
    covers: "classes, protocols, enumerations wrapped in RTC_OBJC_TYPE",
    leaves: "categories on system classes, C++ names, strings",
  },
  {
    option: /jemalloc_prefix$/,
    library: "jemalloc",
    step: "./configure --with-jemalloc-prefix={flavor}_ --with-private-namespace={flavor}_",
    covers: "the public functions (malloc, mallctl …) by --with-jemalloc-prefix, internal symbols by --with-private-namespace",
    leaves: "types (extent_hooks_t …), macros, include guards, the MALLOC_CONF name becomes <PREFIX>MALLOC_CONF",
  },
  {
    option: /^--build-suffix/,
    library: "FFmpeg",
    step: "./configure --build-suffix=_{flavor}",
    covers: "the file names and sonames of the libraries",
    leaves: "every symbol: renames files, not symbols; link both only after `unfork isolate`",
  },
];

export const DEFAULT_LEAVES = C_LEFT;

export function knownOption(option: string): KnownOption | undefined {
  return KNOWN_OPTIONS.find((known) => known.option.test(option));
}
