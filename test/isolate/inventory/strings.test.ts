/** Holds the classes of strings, each by its call and by its shape. */
import { describe, expect, it } from "vitest";

import { stringsOf } from "../../../src/isolate/inventory/strings.js";
import { read } from "./inventory.js";

/** The class of each string of a text that holds `webrtc`, `rtc` as a word, or is the symbol `codec_open`. */
function classes(text: string): Record<string, string[]> {
  const found = stringsOf(read({ "a.cc": text }), ["webrtc", "rtc"], new Set(["codec_open", "init"]));
  return Object.fromEntries(found.map((one) => [one.class, one.places.map((place) => place.text)]));
}

describe("classes of strings", () => {
  it.each([
    ["field-trial", "WebRTC-Audio-Net"],
    ["field-trial", "WebRTC-Pacer/Enabled/"],
    ["metric", "WebRTC.Audio.Delay"],
    ["jni-class", "org/webrtc/VideoCodec"],
    ["jni-class", "(Lorg/webrtc/EglBase$Context;)V"],
    ["proto-path", "webrtc/api/event.proto"],
    ["cpp-name", "leak:webrtc::Audio::Init"],
    ["registry", "webrtc_capture"],
    ["registry", "--webrtc-verbose"],
    ["path", "http://www.webrtc.org/rtp"],
    ["path", "webrtc.org"],
    ["other", "WebRTC has started"],
    ["symbol", "codec_open"],
  ])("tells %s from its shape: %s", (name, text) => {
    expect(classes(`const char* t = "${text}";`)).toEqual({ [name]: [text] });
  });

  it.each([
    ["field-trial", "FieldTrialString", "webrtc on"],
    ["field-trial", "trials.IsEnabled", "webrtc-x y"],
    ["metric", "RTC_HISTOGRAM_COUNTS", "webrtc on"],
    ["jni-class", "env->FindClass", "webrtc"],
    ["registry", "TRACE_EVENT0", "webrtc"],
    ["registry", "ABSL_FLAG", "webrtc on"],
  ])("tells %s from the call %s", (name, call, text) => {
    expect(classes(`void f() { ${call}(a, g(1),\n "${text}", b); }`)).toEqual({ [name]: [text] });
  });

  it("looks for a short word only as a whole word, for a long one in any case and inside others", () => {
    expect(classes('auto a = "rtcp"; auto b = "an rtc x"; auto c = "MyWebRtcThing here";')).toEqual({
      other: ["MyWebRtcThing here", "an rtc x"],
    });
  });

  it("passes over symbols that are plain words, and reads raw strings and prefixes", () => {
    expect(classes('auto a = "init"; auto b = u8R"x(WebRTC has "y")x";')).toEqual({ other: ['WebRTC has "y"'] });
  });

  it("counts places and different texts, with the line of each", () => {
    const [found] = stringsOf(read({ "a.cc": 'auto a = "WebRTC.A";\nauto b = "WebRTC.A";' }), ["webrtc"], new Set());
    expect(found).toMatchObject({ class: "metric", count: 2, distinct: 1, places: [{ file: "a.cc", line: 1 }, { line: 2 }] });
  });
});
