/* The colour of each lamp of the bar. */
#ifndef METER_BAR_COLOUR_H_
#define METER_BAR_COLOUR_H_

#ifdef __cplusplus
extern "C" {
#endif

/* "green", "yellow" or "red"; lamps count from 0, the lowest first. */
const char* meter_bar_colour(int lamp);

#ifdef __cplusplus
}
#endif

#endif /* METER_BAR_COLOUR_H_ */
