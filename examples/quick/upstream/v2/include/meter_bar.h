/* The bar of lamps beside a channel: plain C, for firmware and for the app. */
#ifndef METER_BAR_H_
#define METER_BAR_H_

#ifdef __cplusplus
extern "C" {
#endif

/* Levels in dBFS from which on each lamp is lit, lowest first. */
extern const double meter_bar_thresholds[];
extern const int meter_bar_lamps;

/* How many lamps are lit at this level. */
int meter_bar_lit(double db);

#ifdef __cplusplus
}
#endif

#endif /* METER_BAR_H_ */
