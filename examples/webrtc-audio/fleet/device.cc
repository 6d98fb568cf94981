// A device: seed, assignment, call, telemetry.
#include "device.h"

#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "errors.h"
#include "near_end.h"
#include "numbers.h"
#include "probe.h"
#include "quality.h"
#include "run.h"
#include "settings_parser.h"
#include "unfork/experiment/openssl_check.h"
#include "wav.h"

namespace webrtc_audio {
namespace {

namespace experiment = unfork::experiment;

experiment::ClientOptions ClientOptionsOf(
    const DeviceOptions& options,
    const experiment::SignatureCheck& signatures) {
  experiment::ClientOptions client;
  client.project = options.project;
  client.keys = {{experiment::KeyRole::kSigner, options.signer_key.c_str()}};
  client.signatures = &signatures;
  client.folder = options.state;
  for (const auto& [flavor, release] : BuiltFlavors()) {
    (flavor == Flavor::kLegacy ? client.legacy_release
                               : client.latest_release) = release;
  }
  return client;
}

Settings SettingsFor(const Call& call, Flavor flavor) {
  Settings settings = call.settings;
  if (flavor == Flavor::kLatest) {
    for (const std::string& word : call.latest_settings)
      ApplySetting(word, settings);
  }
  return settings;
}

// The call as it was heard, measured.
std::map<std::string, double> MakeCall(const Call& call, Flavor flavor) {
  const Sound capture = ReadWav(call.inputs + "/capture.wav");
  const std::optional<Sound> render = ReadWav(call.inputs + "/render.wav");
  const std::optional<Sound> near = ReadWav(call.inputs + "/near.wav");
  const auto segments = ReadSegments(call.inputs + "/segments.txt");
  std::vector<Lane> lanes(1);
  lanes[0].flavor = flavor;
  lanes[0].processor = CreateAudioProcessor(CommonFormat(capture, render),
                                            SettingsFor(call, flavor));
  RunLanes(capture, render, Schedule(call.render_delay_ms, {}), lanes);
  const Quality quality = MeasureQuality(capture, lanes[0].output, segments);
  const NearEnd heard =
      MeasureNearEnd(capture, lanes[0].output, near, segments);
  std::map<std::string, double> metrics;
  const auto add = [&](const char* name, const std::optional<double>& value) {
    if (value)
      metrics[name] = *value;
  };
  add("echo-loss", quality.erle_db);
  add("near-over-noise", quality.snr_gain_db());
  add("intelligibility", heard.stoi);
  add("frame-cpu",
      static_cast<double>(Percentile(lanes[0].frame_cpu_ns, 0.5)));
  return metrics;
}

}  // namespace

void RunDevice(const DeviceOptions& options) {
  const experiment::OpensslCheck signatures;
  const auto client =
      experiment::Client::Open(ClientOptionsOf(options, signatures));
  HttpFetch fetch(options.server);
  client->Refresh(fetch);
  experiment::TelemetryOptions telemetry;
  telemetry.folder = options.state;
  const auto log = experiment::TelemetryLog::Open(std::move(telemetry));
  if (!log)
    throw EnvironmentError(options.state + ": cannot be written");

  const auto& use_case = options.call.use_case;
  const auto assignment =
      experiment::AssignAndLog(*client, log.get(), use_case);
  const Flavor flavor = assignment.flavor == experiment::Flavor::kLatest
                            ? Flavor::kLatest
                            : Flavor::kLegacy;
  experiment::EventFields fields;
  const bool analysed = client->FieldsOf(assignment, {}, fields);
  SetProcessFlavor(flavor);
  if (analysed)
    log->Exposure(fields);
  log->MarkRunning();
  const auto metrics = MakeCall(options.call, flavor);
  if (analysed) {
    for (const auto& [name, value] : metrics)
      log->Metric(fields, name, value);
  }
  log->End();
  HttpSend send(options.server);
  const bool told = log->Flush(send);
  std::printf("%s %s %s%s\n", use_case.c_str(),
              std::string(FlavorName(flavor)).c_str(),
              analysed ? experiment::NameOf(assignment.arm) : "-",
              told ? "" : " (not told yet)");
}

}  // namespace webrtc_audio
