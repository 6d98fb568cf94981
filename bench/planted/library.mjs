/** A small audio library of our own, as upstream has it in its older release: file to text. `@NAME` marks the lines where things are planted. */
export const LIBRARY = {
  "include/tone/engine.h": `#ifndef TONE_ENGINE_H_
#define TONE_ENGINE_H_

#include "tone/release.h"

namespace tone {

constexpr int kFrame = 160;
constexpr int kTaps = 48;

struct Frame {
  float left[kFrame];
  float right[kFrame];
};

float GainOf(float wanted_db);
float Filter(const float* history, const float* taps);
void Mix(const Frame& in, Frame& out, float gain);
float Level(const Frame& frame);
void Check(unsigned seed, int frame);

class Engine {
 public:
  explicit Engine(unsigned seed);
  void Process(const Frame& in, Frame& out);
  float level_db() const { return level_db_; }

 private:
  unsigned seed_;
  int frames_ = 0;
  float level_db_ = 0;
  float taps_[kTaps];
  float history_[2][kTaps + kFrame];
};

}  // namespace tone

#endif  // TONE_ENGINE_H_
`,
  "include/tone/release.h": `#ifndef TONE_RELEASE_H_
#define TONE_RELEASE_H_

#define TONE_RELEASE 1

#endif  // TONE_RELEASE_H_
`,
  "src/gain.cc": `#include <math.h>

#include "tone/engine.h"

namespace tone {

float GainOf(float wanted_db) {
  float db = wanted_db;
  // @level
  return powf(10.0f, db / 20.0f);
}

}  // namespace tone
`,
  "src/filter.cc": `#include "tone/engine.h"

namespace tone {

float Filter(const float* history, const float* taps) {
  float sum = 0;
  for (int i = 0; i < kTaps; ++i) sum += history[i] * taps[i];
  // @cpu
  return sum;
}

}  // namespace tone
`,
  "src/mixer.cc": `#include "tone/engine.h"

namespace tone {

void Mix(const Frame& in, Frame& out, float gain) {
  const float* left = in.left;
  const float* right = in.right;
  // @channels
  for (int i = 0; i < kFrame; ++i) {
    out.left[i] = left[i] * gain;
    out.right[i] = right[i] * gain;
  }
}

}  // namespace tone
`,
  "src/level.cc": `#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tone/engine.h"

namespace tone {

float Level(const Frame& frame) {
  double sum = 0;
  for (int i = 0; i < kFrame; ++i) sum += frame.left[i] * frame.left[i] + frame.right[i] * frame.right[i];
  // @leak
  // @nan
  return static_cast<float>(10 * log10(sum / (2 * kFrame) + 1e-12));
}

}  // namespace tone
`,
  "src/check.cc": `#include <stdlib.h>

#include "tone/engine.h"

namespace tone {

void Check(unsigned seed, int frame) {
  if (frame < 0) abort();
  // @crash
  (void)seed;
}

}  // namespace tone
`,
  "src/engine.cc": `#include <math.h>
#include <string.h>

#include "tone/engine.h"

namespace tone {

Engine::Engine(unsigned seed) : seed_(seed) {
  for (int i = 0; i < kTaps; ++i) taps_[i] = 0.5f * expf(-0.2f * i);
  memset(history_, 0, sizeof history_);
}

void Engine::Process(const Frame& in, Frame& out) {
  Check(seed_, frames_);
  Frame filtered;
  for (int channel = 0; channel < 2; ++channel) {
    float* history = history_[channel];
    const float* from = channel == 0 ? in.left : in.right;
    float* to = channel == 0 ? filtered.left : filtered.right;
    memmove(history, history + kFrame, kTaps * sizeof(float));
    memcpy(history + kTaps, from, kFrame * sizeof(float));
    for (int i = 0; i < kFrame; ++i) to[i] = Filter(history + i + 1, taps_);
  }
  Mix(filtered, out, GainOf(-3.0f));
  level_db_ = Level(out);
  ++frames_;
}

}  // namespace tone
`,
};

/** What can be planted: the file, its mark, and the lines that stand behind the mark. */
export const PLANTS = {
  cpu: {
    file: "src/filter.cc",
    lines: ["  static volatile float waste;", "  waste = (waste + sum * sum) * sum + 1.0f;"],
  },
  level: { file: "src/gain.cc", lines: ["  db += 0.5f;"] },
  leak: {
    file: "src/level.cc",
    lines: ["  static char* volatile kept;", "  kept = static_cast<char*>(malloc(1024));", "  memset(kept, 1, 1024);"],
  },
  channels: {
    file: "src/mixer.cc",
    lines: ["  left = in.right;", "  right = in.left;"],
  },
  louder: { file: "src/mixer.cc", mark: "channels", lines: ["  gain *= 1.12f;"] },
  nan: { file: "src/level.cc", lines: ["  sum = sqrt(-1.0 - sum);"] },
  crash: { file: "src/check.cc", lines: ["  if ((seed * 2654435761u >> 7) % 1000 == 3) abort();"] },
};

/** The line behind which a plant stands. */
export function markOf(name) {
  return `  // @${PLANTS[name].mark ?? name}\n`;
}

/** The text with a plant's lines behind its mark. */
export function planted(text, name) {
  const mark = markOf(name);
  if (!text.includes(mark)) throw new Error(`no place for ${name}`);
  return text.replace(mark, `${mark}${PLANTS[name].lines.join("\n")}\n`);
}
