// Levels as a person reads them.
#ifndef METER_TEXT_H_
#define METER_TEXT_H_

#include <string>

namespace meter {

// As in "-12 dB".
std::string format_level(double db);

}  // namespace meter

#endif  // METER_TEXT_H_
