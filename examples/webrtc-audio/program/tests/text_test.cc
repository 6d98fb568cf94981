// Words in and words out: settings, segments, arguments, JSON.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <limits>

#include "check.h"
#include "errors.h"
#include "json.h"
#include "options.h"
#include "segments.h"
#include "settings_parser.h"

namespace {

using namespace webrtc_audio;

TEST(settings_are_read_by_key) {
  Settings settings;
  for (const char* word :
       {"aec=off", "mobile=on", "ns=very-high", "agc=fixed", "agc-target=31",
        "agc2-gain=6.5", "max-rate=32000", "multichannel=off"}) {
    ApplySetting(word, settings);
  }
  CHECK(!settings.echo_canceller && settings.mobile_echo_canceller);
  CHECK(settings.noise_suppression == NoiseSuppression::kVeryHigh);
  CHECK(settings.gain_control == GainControl::kFixedDigital);
  CHECK(settings.gain_control_target_dbfs == 31);
  CHECK(settings.gain_control2_fixed_db == 6.5f);
  CHECK(settings.max_internal_rate_hz == 32000);
  CHECK(settings.multi_channel == false);
}

TEST(wrong_settings_name_what_would_be_right) {
  Settings settings;
  CHECK_THROWS(InputError, "there is no setting 'echo'; there are aec,",
               ApplySetting("echo=on", settings));
  CHECK_THROWS(InputError, "'loud' is none of off, low,",
               ApplySetting("ns=loud", settings));
  CHECK_THROWS(InputError, "'32' is not a whole number from 0 to 31",
               ApplySetting("agc-target=32", settings));
  CHECK_THROWS(InputError, "'1x' is not a number",
               ApplySetting("pre-gain=1x", settings));
  CHECK_THROWS(InputError, "has no value", ApplySetting("aec", settings));
}

TEST(every_setting_is_described) {
  for (const char* key : {"aec=", "mobile=", "hpf=", "ns=", "transient=",
                          "agc=", "agc2=", "max-rate="}) {
    CHECK(DescribeSettings().find(key) != std::string::npos);
  }
}

TEST(segments_are_read_from_a_word_and_from_a_file) {
  const Segment word = ParseSegment("far:2.5-6");
  CHECK(word.label == Label::kFar && word.from_seconds == 2.5 &&
        word.to_seconds == 6);
  const std::string path = "/tmp/segments-" + std::to_string(getpid()) + ".txt";
  std::ofstream(path) << "# heard\n\n0\t1.5\tnoise\r\n  2 3 near\n";
  const auto lines = ReadSegments(path);
  CHECK(lines.size() == 2 && lines[0].label == Label::kNoise &&
        lines[1].label == Label::kNear);
  std::ofstream(path) << "0 1 noise\n0 1\n";
  CHECK_THROWS(InputError, ":2: wanted is: from, to, label",
               ReadSegments(path));
  std::filesystem::remove(path);
  CHECK_THROWS(InputError, "cannot be read", ReadSegments(path));
}

TEST(segments_without_length_or_label_are_refused) {
  CHECK_THROWS(InputError, "is empty or starts before 0",
               ParseSegment("far:3-3"));
  CHECK_THROWS(InputError, "'echo' is none of", ParseSegment("echo:1-2"));
  CHECK_THROWS(InputError, "not of the form", ParseSegment("far 1 2"));
  CHECK_THROWS(InputError, "is not a number", ParseSegment("far:1-nan"));
}

TEST(arguments_choose_one_flavor_or_both) {
  const Options one = ParseOptions(
      {"--flavor", "latest", "--capture", "a", "--out", "b", "--config",
       "ns=low", "aec=off", "--config", "hpf=off", "--render-delay-ms", "40"});
  CHECK(one.outputs.size() == 1 && one.outputs.at(Flavor::kLatest) == "b");
  CHECK(one.settings.noise_suppression == NoiseSuppression::kLow);
  CHECK(!one.settings.echo_canceller && !one.settings.high_pass_filter);
  CHECK(one.render_delay_ms == 40);
  const Options both = ParseOptions(
      {"--both", "--capture", "a", "--out-legacy", "b", "--out-latest", "c"});
  CHECK(both.outputs.size() == 2 && both.outputs.at(Flavor::kLegacy) == "b");
}

TEST(arguments_that_make_no_sense_are_refused) {
  const auto refused = [](const std::vector<std::string>& words,
                          const char* reason) {
    CHECK_THROWS(InputError, reason, ParseOptions(words));
  };
  refused({}, "--flavor is missing");
  refused({"--flavour", "legacy"}, "unknown argument '--flavour'");
  refused({"--flavor"}, "--flavor needs a value");
  refused({"--flavor", "new", "--out", "o"}, "neither legacy nor latest");
  refused({"--flavor", "legacy", "--flavor", "latest"}, "given twice");
  refused({"--flavor", "legacy", "--out", "o"}, "--capture is missing");
  refused({"--both", "--flavor", "legacy"}, "--flavor contradicts --both");
  refused({"--both", "--out-legacy", "o", "--out-latest", "o"},
          "the same file");
  refused({"--flavor", "legacy", "--out-latest", "o"}, "needs --both");
  refused({"--flavor", "legacy", "--out", "o", "--capture", "a",
           "--render-delay-ms", "-1"},
          "from 0 to 500");
}

TEST(json_is_escaped_rounded_and_never_holds_a_nan) {
  JsonObject json;
  json.Text("a\"", "\\\n")
      .Real("r", 1.0005001)
      .Real("z", -0.0001)
      .Real("n", std::numeric_limits<double>::quiet_NaN());
  json.Real("e", std::nullopt)
      .Whole("w", -5)
      .Texts("t", {"x", "y"})
      .Object("o", JsonObject());
  CHECK(
      json.str() ==
      R"({"a\"":"\\\u000a","r":1.001,"z":0.000,"n":null,"e":null,"w":-5,"t":["x","y"],"o":{}})");
}

}  // namespace
