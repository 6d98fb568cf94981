/* The bar of lamps. */
#include "meter_bar.h"

const double meter_bar_thresholds[] = {-60.0, -40.0, -30.0, -20.0,
                                       -12.0, -6.0,  -3.0,  -1.0};
const int meter_bar_lamps =
    sizeof meter_bar_thresholds / sizeof meter_bar_thresholds[0];

int meter_bar_lit(double db) {
  int lit = 0;
  while (lit < meter_bar_lamps && db >= meter_bar_thresholds[lit]) ++lit;
  return lit;
}
