/* One flavor's side: a resample from 48 to 16 kHz, both libraries' versions told. */
#include <stdio.h>

#include <libavutil/avutil.h>
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>

#include "flavor.h"

const char *NAME(version)(void) {
  static char text[96];
  static float in[480], out[480];
  unsigned v = NAME(swresample_version)();
  NAME(AVChannelLayout) mono = AV_CHANNEL_LAYOUT_MONO;
  struct NAME(SwrContext) *swr = NULL;
  const uint8_t *from[] = {(const uint8_t *)in};
  uint8_t *to[] = {(uint8_t *)out};
  int samples = -1;
  for (int i = 0; i < 480; i++) in[i] = (float)(i % 48) / 48;
  if (NAME(swr_alloc_set_opts2)(&swr, &mono, AV_SAMPLE_FMT_FLT, 16000, &mono, AV_SAMPLE_FMT_FLT, 48000, 0, NULL) == 0 &&
      NAME(swr_init)(swr) == 0)
    samples = NAME(swr_convert)(swr, to, 480, from, 480);
  NAME(swr_free)(&swr);
  snprintf(text, sizeof text, "%s, libswresample %u.%u.%u (480 samples to %d)", NAME(av_version_info)(), v >> 16, v >> 8 & 255, v & 255,
           samples);
  return text;
}
