// Keeps a peak in sight.
#ifndef METER_HOLD_H_
#define METER_HOLD_H_

namespace meter {

class PeakHold {
 public:
  explicit PeakHold(int sample_rate_hz);

  // Takes the peak of the next `count` samples and gives the one to show.
  double update(double peak, int count);

 private:
  const int hold_samples_;
  const double fall_per_sample_;
  int held_for_ = 0;
  double held_ = 0.0;
};

}  // namespace meter

#endif  // METER_HOLD_H_
