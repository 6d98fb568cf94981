// The product's own tuning constants, in one place: what differs from upstream, and why.
#ifndef MODULES_AUDIO_PROCESSING_TUNING_PRODUCT_TUNING_H_
#define MODULES_AUDIO_PROCESSING_TUNING_PRODUCT_TUNING_H_

namespace webrtc {

// Speech probability from which a frame counts as speech for the digital gain. Upstream's 0.95 ignores people who sit
// two metres and more away from a laptop.
constexpr float kQuietTalkerVadConfidence = 0.9f;

}  // namespace webrtc

#endif  // MODULES_AUDIO_PROCESSING_TUNING_PRODUCT_TUNING_H_
