// What a recording session remembers of its level. An old class: it was there
// before the library had a namespace, and applications know it by this name.
#ifndef METER_SESSION_H_
#define METER_SESSION_H_

#include "meter/level_meter.h"

class MeterSession {
 public:
  void note(const meter::Reading& reading);

  int readings() const { return readings_; }
  int clipped() const { return clipped_; }
  double loudest_db() const { return loudest_db_; }

 private:
  int readings_ = 0;
  int clipped_ = 0;
  double loudest_db_ = -1000.0;
};

#endif  // METER_SESSION_H_
