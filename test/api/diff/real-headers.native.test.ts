/** Holds the comparison on headers that libclang read: what one release's header became in the other's. */
import { describe, expect, it } from "vitest";

import { diffApi } from "../../../src/api/diff/diff-api.js";
import type { ApiDiff } from "../../../src/model/api-diff.js";
import { apiNameMapSchema } from "../../../src/model/api-name-map.js";
import { findLibclang } from "../../../src/toolchain/libclang/find-libclang.js";
import { snapshotOf } from "../../helpers/snapshots.js";

const OLD = `
#include <cstddef>
#include <memory>
#include <string>
namespace rtc { template <typename T> class Handle { public: T* get() const; }; struct Env {}; }
namespace audio_legacy {
enum class Mode { kLow, kHigh };
struct Config { int rate = 48000; bool old_switch = false; Mode mode = Mode::kLow; };
class Meter {
 public:
  virtual ~Meter() = default;
  virtual int Read(int channel, float gain = 1.0f) = 0;
  virtual void Attach(rtc::Env* env) = 0;
  template <typename In> void Feed(const In& in);
};
class Builder { public: Builder(); Builder& SetConfig(const Config& config); std::unique_ptr<Meter> Create(); };
inline int Scale(const char* text) { return text == nullptr; }
}
#define METER_MOST 3
`;

const LATEST = `
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
namespace audio { template <typename Value> class Handle { public: Value* get() const; }; struct Env {}; }
namespace audio {
enum class Mode { kLow, kMiddle, kHigh };
struct Config { int rate = 48000; Mode mode = Mode::kHigh; };
class Meter {
 public:
  virtual ~Meter() = default;
  virtual int Read(size_t channel, float gain = 2.0f) = 0;
  virtual void Attach(std::unique_ptr<Env> env) = 0;
  template <typename Samples> void Feed(const Samples& samples);
};
class MeterBuilder { public: MeterBuilder(); MeterBuilder& SetConfig(const Config& config); std::unique_ptr<Meter> Build(const Env& env); };
inline int Scale(std::string_view text) { return text.empty(); }
}
inline constexpr int METER_MOST = 4;
`;

const MAP = {
  namespaces: { rtc: "audio" },
  names: { "audio::Builder": "audio::MeterBuilder", "audio::Builder::Create": "audio::MeterBuilder::Build" },
};

async function compare(map: object): Promise<ApiDiff> {
  const [old, one] = [await snapshotOf(OLD), await snapshotOf(LATEST)];
  const flavors = { legacy: "legacy", latest: "latest" };
  return diffApi({ file: "a", snapshot: old }, { file: "b", snapshot: one }, apiNameMapSchema.parse(map), flavors);
}

function lines({ items }: ApiDiff): string[] {
  return items
    .filter(({ status }) => status !== "same")
    .map(({ kind, name, status, reasons }) => `${kind} ${name}: ${status} ${reasons.map(({ code, change }) => change ?? code).join(" ")}`);
}

const found = await findLibclang();

describe.skipIf(found === undefined)("the comparison of two releases' headers (needs libclang)", () => {
  it("tells of each item what it became", async () => {
    expect(lines(await compare(MAP)).toSorted()).toEqual(
      [
        "class audio::Handle: renamed renamed",
        "class audio::Env: renamed renamed",
        "enum audio::Mode: convertible members-differ",
        "enumerator audio::Mode::kMiddle: only-latest added",
        "enumerator audio::Mode::kHigh: convertible value",
        "class audio::Config: convertible layout members-differ",
        "field audio::Config::mode: convertible initializer layout",
        "field audio::Config::old_switch: only-legacy removed",
        "class audio::Meter: adapter members-need-adapter",
        "method audio::Meter::Read: convertible widening default-argument",
        "method audio::Meter::Attach: adapter ownership",
        "class audio::MeterBuilder: adapter renamed members-need-adapter",
        "method audio::MeterBuilder::Build: adapter renamed parameter-added",
        "function audio::Scale: convertible text",
        "variable METER_MOST: convertible macro-to-constant constant",
      ].toSorted(),
    );
  });

  it("suggests the map that was left out, and does not apply it", async () => {
    const { suggestions, items } = await compare({});
    expect(suggestions.map(({ line }) => line)).toEqual(expect.arrayContaining(["rtc: audio", "audio::Builder: audio::MeterBuilder"]));
    expect(items.filter(({ name }) => name === "audio::Builder").map(({ status }) => status)).toEqual(["only-legacy"]);
  });
});
