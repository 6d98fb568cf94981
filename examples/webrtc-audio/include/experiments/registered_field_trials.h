// The list of registered field trials, which WebRTC generates with a script of its own. It is read only under
// WEBRTC_STRICT_FIELD_TRIALS, which this build leaves unset, so an empty one serves.
#ifndef EXPERIMENTS_REGISTERED_FIELD_TRIALS_H_
#define EXPERIMENTS_REGISTERED_FIELD_TRIALS_H_
#endif
