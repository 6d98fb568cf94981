/** The program over both flavors of the small audio library, its configuration and its use cases. */
const adapter = (flavor) => `#include "program/run.h"
#include "tone/engine.h"

namespace program::${flavor} {

struct Own : Meter {
  explicit Own(unsigned seed) : engine(seed) {}
  float Process(const float* left, const float* right, float* out_left, float* out_right) override {
    tone_${flavor}::Frame in, out;
    for (int i = 0; i < kFrame; ++i) in.left[i] = left[i], in.right[i] = right[i];
    engine.Process(in, out);
    for (int i = 0; i < kFrame; ++i) out_left[i] = out.left[i], out_right[i] = out.right[i];
    return engine.level_db();
  }
  tone_${flavor}::Engine engine;
};

Meter* Create(unsigned seed) { return new Own(seed); }

}  // namespace program::${flavor}
`;

export const PROGRAM = {
  "program/run.h": `#ifndef PROGRAM_RUN_H_
#define PROGRAM_RUN_H_

namespace program {

constexpr int kFrame = 160;

struct Meter {
  virtual ~Meter() {}
  virtual float Process(const float* left, const float* right, float* out_left, float* out_right) = 0;
};

namespace legacy { Meter* Create(unsigned seed); }
namespace latest { Meter* Create(unsigned seed); }

}  // namespace program

#endif  // PROGRAM_RUN_H_
`,
  "program/adapter_legacy.cc": adapter("legacy"),
  "program/adapter_latest.cc": adapter("latest"),
  "program/main.cc": `// tone_app FLAVOR OUT INPUTS FRAMES: as many inputs as asked for, each of a seed of its own, or one out of a file of samples.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program/run.h"

using program::kFrame;

static program::Meter* Create(const char* flavor, unsigned seed) {
#ifdef UNFORK_HAS_LEGACY
  if (strcmp(flavor, "legacy") == 0) return program::legacy::Create(seed);
#endif
#ifdef UNFORK_HAS_LATEST
  if (strcmp(flavor, "latest") == 0) return program::latest::Create(seed);
#endif
  fprintf(stderr, "no flavor %s\\n", flavor);
  exit(2);
}

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  char path[4096];
  snprintf(path, sizeof path, "%s/out.f32", argv[2]);
  FILE* out = fopen(path, "wb");
  if (out == nullptr) return 3;
  double level = 0, left_power = 1e-9, right_power = 1e-9;
  int frames = 0;
  for (int input = 0; input < atoi(argv[3]); ++input) {
    unsigned state = 12345u + 77u * input;
    program::Meter* meter = Create(argv[1], 1000u + input);
    for (int frame = 0; frame < atoi(argv[4]); ++frame, ++frames) {
      float left[kFrame], right[kFrame], out_left[kFrame], out_right[kFrame];
      for (int i = 0; i < kFrame; ++i) {
        state = state * 1664525u + 1013904223u;
        left[i] = static_cast<float>(static_cast<int>(state >> 16) - 32768) / 65536.0f;
        right[i] = 0.3f * left[i];
      }
      level += meter->Process(left, right, out_left, out_right);
      for (int i = 0; i < kFrame; ++i) left_power += out_left[i] * out_left[i], right_power += out_right[i] * out_right[i];
      if (frame < 20) fwrite(out_left, sizeof(float), kFrame, out), fwrite(out_right, sizeof(float), kFrame, out);
    }
    delete meter;
  }
  if (fclose(out) != 0) return 3;
  printf("{\\"levelDb\\":%.4f,\\"balanceDb\\":%.4f,\\"frames\\":%d}\\n", level / frames, 10 * log10(left_power / right_power), frames);
  return 0;
}
`,
};

const useCase = (id, inputs, frames, purpose) => `id: ${id}
name: ${id}
owner: audio team
purpose: ${purpose}
run: ["{program}", "{flavor}", "{out}", "${inputs}", "${frames}"]
outputs: [out.f32]
metrics:
  - { id: levelDb, name: output level, unit: dB, direction: target, target: -17.7418, margin: 0.2 }
  - { id: balanceDb, name: left over right, unit: dB, direction: target, target: 10.4576, margin: 0.5 }
  - { id: run.peakKiB, name: peak memory, unit: KiB, direction: lower, margin: 256, measured: true }
timeoutSeconds: 30
`;

export const USE_CASES = {
  "use-cases/long-call.yaml": useCase("long-call", 1, 2000, "Twenty seconds of two channels must sound and cost as before."),
  "use-cases/many-inputs.yaml": useCase("many-inputs", 4000, 1, "Four thousand short inputs, none of which may end the program."),
};

export const CONFIG = `const library = {
  includeRoots: ["include"],
  flags: ["-O1", "-g"],
  units: [{ sources: ["src/**/*.cc"] }],
};
const isolate = { namespaces: ["tone"] };
const release = (id, date) => ({ id, date, sources: [{ kind: "git", url: "upstream", ref: id }] });

export default {
  library: "tone",
  upstream: { releases: [release("v1", "2026-03-01"), release("v2", "2026-03-28")] },
  flavors: { legacy: { release: "v1", isolate }, latest: { release: "v2", isolate } },
  build: {
    system: "own",
    flavors: { legacy: library, latest: library },
    program: {
      name: "tone_app",
      sources: ["program/main.cc"],
      adapters: { legacy: ["program/adapter_legacy.cc"], latest: ["program/adapter_latest.cc"] },
      includeRoots: ["."],
      flags: ["-O1", "-g"],
    },
  },
  features: "features",
  useCases: { dir: "use-cases", repeat: 4 },
};
`;
