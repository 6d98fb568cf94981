// What a recording session remembers.
#include "meter_session.h"

void MeterSession::note(const meter::Reading& reading) {
  ++readings_;
  if (reading.clipped) ++clipped_;
  if (reading.level_db > loudest_db_) loudest_db_ = reading.level_db;
}
