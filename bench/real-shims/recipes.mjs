/** Owns which libraries the bench of shims takes: two Debian releases of each, their headers, and how their sources are compiled. */

const CXX = { language: "c++", std: "c++17" };
const C = { language: "c", std: "c11" };

/**
 * `headers` and `root` are relative to the tree; `sources` are globs, without those that `except` names; `flags` are those of headers and
 * sources alike. `include`: further folders of the sources. `written`: headers that the library's own build writes, by their path.
 `prepare`: a line for a shell in the isolated
 * tree, before anything is compiled.
 */
export const RECIPES = [
  {
    name: "tinyxml2",
    ...CXX,
    releases: [deb("tinyxml2", "9", "bookworm"), deb("tinyxml2", "11", "trixie")],
    headers: ["tinyxml2.h"],
    root: ".",
    sources: ["tinyxml2.cpp"],
  },
  {
    name: "zlib",
    ...C,
    releases: [deb("zlib", "1.2.13", "bookworm"), deb("zlib", "1.3", "trixie")],
    headers: ["zlib.h"],
    root: ".",
    sources: ["*.c"],
    flags: ["-DZ_HAVE_UNISTD_H", "-DHAVE_UNISTD_H"],
    surface: { library: "zlib", kinds: { gzFile_s: "object" } },
  },
  {
    name: "pugixml",
    library: "pugi",
    ...CXX,
    releases: [deb("pugixml", "1.13", "bookworm"), deb("pugixml", "1.14", "trixie")],
    headers: ["pugixml.hpp"],
    root: "src",
    sources: ["src/pugixml.cpp"],
  },
  {
    name: "jsoncpp",
    library: "Json",
    ...CXX,
    releases: [deb("libjsoncpp", "1.9.5", "bookworm"), deb("libjsoncpp", "1.9.6", "trixie")],
    headers: ["json/json.h"],
    root: "include",
    sources: ["src/lib_json/*.cpp"],
  },
  {
    name: "yaml-cpp",
    library: "YAML",
    ...CXX,
    releases: [deb("yaml-cpp", "0.7", "bookworm"), deb("yaml-cpp", "0.8", "trixie")],
    headers: ["yaml-cpp/yaml.h"],
    root: "include",
    sources: ["src/*.cpp", "src/contrib/*.cpp"],
    surface: {
      library: "YAML",
      instances: [
        "YAML::Node::as<{bool,int,unsigned,long,double,std::string}>",
        "YAML::Node::as<{bool,int,double,std::string}, {bool,int,double,std::string}>",
        "YAML::Node::operator[]<{int,std::string}>",
        "YAML::Node::push_back<{int,double,std::string}>",
        "YAML::Node::remove<std::string>",
        "YAML::Node::force_insert<std::string, std::string>",
      ],
    },
  },
  {
    name: "snappy",
    ...CXX,
    releases: [deb("snappy", "1.1.9", "bookworm"), deb("snappy", "1.2", "trixie")],
    headers: ["snappy.h", "snappy-sinksource.h"],
    root: ".",
    prepare:
      "cmake -S . -B out -DSNAPPY_BUILD_TESTS=OFF -DSNAPPY_BUILD_BENCHMARKS=OFF && cp out/snappy-stubs-public.h . && (cp out/config.h . || true)",
    sources: ["snappy.cc", "snappy-sinksource.cc", "snappy-stubs-internal.cc"],
    flags: ["-DHAVE_CONFIG_H"],
  },
  {
    name: "expat",
    library: "XML",
    ...C,
    releases: [deb("expat", "2.5", "bookworm"), deb("expat", "2.8", "sid")],
    headers: ["expat.h"],
    root: "expat/lib",
    sources: ["expat/lib/xml*.c", "expat/lib/random_getrandom*.c", "expat/lib/random_dev_urandom.c"],
    except: ["xmltok_impl.c", "xmltok_ns.c"],
    flags: ["-DXML_DTD", "-DXML_NS", "-DXML_GE=1"],
    written: {
      "expat/lib/expat_config.h":
        "#define HAVE_GETRANDOM 1\n#define XML_DEV_URANDOM 1\n#define XML_CONTEXT_BYTES 1024\n#define BYTEORDER 1234\n",
    },
  },
  {
    name: "libsrtp2",
    library: "srtp",
    ...C,
    releases: [deb("libsrtp2", "2.5", "bookworm"), deb("libsrtp2", "2.7", "trixie")],
    headers: ["srtp.h"],
    root: "include",
    include: ["crypto/include"],
    sources: ["srtp/srtp.c", "crypto/cipher/*.c", "crypto/hash/*.c", "crypto/kernel/*.c", "crypto/math/*.c", "crypto/replay/*.c"],
    except: ["*_ossl.c", "*_nss.c", "*_mbedtls.c"],
    flags: ["-DHAVE_CONFIG_H"],
    written: {
      "include/config.h": [
        ...["STDLIB_H", "STRING_H", "STDINT_H", "INTTYPES_H", "UNISTD_H", "NETINET_IN_H", "ARPA_INET_H", "SYS_TYPES_H"].map(
          (name) => `#define HAVE_${name} 1`,
        ),
        ...["UINT8_T", "UINT16_T", "UINT32_T", "UINT64_T", "INT32_T"].map((name) => `#define HAVE_${name} 1`),
        "#define CPU_CISC 1",
        "#define ERR_REPORTING_STDOUT 1",
        '#define PACKAGE_STRING "libsrtp2"',
        '#define PACKAGE_VERSION "2"',
        "",
      ].join("\n"),
    },
  },
  {
    name: "lua",
    library: "lua",
    ...C,
    releases: [deb("lua5.4", "5.4.4", "bookworm"), deb("lua5.4", "5.4.7", "trixie")],
    headers: ["lua.h", "lauxlib.h", "lualib.h"],
    root: "src",
    sources: ["src/*.c"],
    except: ["lua.c", "luac.c"],
    flags: ["-DLUA_USE_POSIX"],
  },
  {
    name: "hiredis",
    library: "redis",
    ...C,
    releases: [deb("hiredis", "0.14", "bookworm"), deb("hiredis", "1.2", "trixie")],
    headers: ["hiredis.h", "async.h"],
    root: ".",
    sources: ["async.c", "hiredis.c", "net.c", "read.c", "sds.c", "sockcompat.c", "alloc.c"],
    surface: {
      library: "redis",
      kinds: { redisContext: "object", redisAsyncContext: "object", redisReader: "object", redisCallback: "object" },
    },
  },
  {
    name: "lmdb",
    library: "mdb",
    ...C,
    releases: [deb("lmdb", "0.9.24", "bookworm"), deb("lmdb", "0.9.31", "trixie")],
    headers: ["lmdb.h"],
    root: "libraries/liblmdb",
    sources: ["libraries/liblmdb/mdb.c", "libraries/liblmdb/midl.c"],
  },
  {
    name: "lz4",
    ...C,
    releases: [deb("lz4", "1.9.4", "bookworm"), deb("lz4", "1.10.0", "trixie")],
    headers: ["lz4.h", "lz4hc.h", "lz4frame.h"],
    root: "lib",
    sources: ["lib/*.c"],
    except: ["lz4file"],
  },
  {
    name: "cjson",
    ...C,
    releases: [deb("cjson", "1.7.15", "bookworm"), deb("cjson", "1.7.18", "trixie")],
    headers: ["cJSON.h"],
    root: ".",
    sources: ["cJSON.c"],
  },
  {
    name: "double-conversion",
    library: "double_conversion",
    ...CXX,
    releases: [deb("double-conversion", "3.2.1", "bookworm"), deb("double-conversion", "3.3.1", "trixie")],
    headers: ["double-conversion/double-conversion.h"],
    root: ".",
    sources: ["double-conversion/*.cc"],
  },
  {
    name: "fmt",
    ...CXX,
    releases: [deb("fmtlib", "9.1.0", "bookworm"), deb("fmtlib", "10.1.1", "trixie")],
    headers: ["fmt/format.h"],
    root: "include",
    sources: ["src/format.cc", "src/os.cc"],
    include: ["include"],
  },
];

function deb(packageName, version, suite) {
  return { package: packageName, version, suites: [suite] };
}
