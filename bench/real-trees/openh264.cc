// One flavor's side: three frames encoded, the version told.
#include <cstdio>
#include <vector>

#include "codec_api.h"
#include "codec_ver.h"
#include "flavor.h"

extern "C" const char* NAME(version)() {
  static char text[64];
  const OpenH264Version v = NAME(WelsGetCodecVersion)();
  NAME(ISVCEncoder)* encoder = nullptr;
  size_t bytes = 0;
  if (NAME(WelsCreateSVCEncoder)(&encoder) == 0) {
    SEncParamBase param{};
    param.iUsageType = CAMERA_VIDEO_REAL_TIME;
    param.fMaxFrameRate = 30;
    param.iPicWidth = param.iPicHeight = 64;
    param.iTargetBitrate = 100000;
    encoder->Initialize(&param);
    std::vector<unsigned char> planes(64 * 64 * 3 / 2, 128);
    for (int frame = 0; frame < 3; frame++) {
      NAME(SFrameBSInfo) info{};
      SSourcePicture picture{};
      picture.iPicWidth = picture.iPicHeight = 64;
      picture.iColorFormat = videoFormatI420;
      picture.iStride[0] = 64;
      picture.iStride[1] = picture.iStride[2] = 32;
      picture.pData[0] = planes.data();
      picture.pData[1] = picture.pData[0] + 64 * 64;
      picture.pData[2] = picture.pData[1] + 32 * 32;
      planes[static_cast<size_t>(frame) * 65] = 255;
      if (encoder->EncodeFrame(&picture, &info) == 0) bytes += static_cast<size_t>(info.iFrameSizeInBytes);
    }
    encoder->Uninitialize();
    NAME(WelsDestroySVCEncoder)(encoder);
  }
  std::snprintf(text, sizeof text, "%u.%u.%u (3 frames in %zu bytes)", v.uMajor, v.uMinor, v.uRevision, bytes);
  return text;
}
