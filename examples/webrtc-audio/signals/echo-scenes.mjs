/** Owns the scenes with a far end: its echo reaches the microphone in one way or another. */
import { highPass, lowPass } from "./filters.mjs";
import { hardClip, mix, scaled } from "./levels.mjs";
import { brown, car, pink } from "./noise.mjs";
import { resample } from "./resample.mjs";
import { echo, inRoom } from "./room.mjs";
import { CALL, oneToOne, voices, withNoise } from "./stage.mjs";

/** @typedef {import("./stage.mjs").Scene} Scene */

const { seconds, far, near } = CALL;

/** @returns {Scene} */
export function laptopCall() {
  const rate = 48000;
  const { length, voice } = voices(rate, seconds);
  const render = voice("ben", -22, far);
  const heard = echo(render, { rate, seed: 101, delayMs: 42, rt60Ms: 180, directDb: 3, lossDb: 12, drive: 1 });
  const talker = voice("anna", -26, near);
  return oneToOne(rate, render, withNoise(mix(talker, heard), pink(length, 102), -62), talker);
}

/** @returns {Scene} */
export function speakerphone() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const render = voice("anna", -16, far);
  const heard = echo(render, { rate, seed: 201, delayMs: 65, rt60Ms: 350, lossDb: 2, drive: 4 });
  const talker = inRoom(voice("david", -28, near), { rate, seed: 202, rt60Ms: 300, directDb: 2 });
  return oneToOne(rate, render, withNoise(mix(talker, heard), pink(length, 203), -58), talker);
}

/**
 * Both ends talk over each other for most of the time. The echo is well below the near end, so that the level
 * of both together tells what is left of the near end.
 *
 * @returns {Scene}
 */
export function meetingRoom() {
  const rate = 32000;
  const { length, voice } = voices(rate, seconds);
  const render = mix(voice("emma", -22, [[0.4, 8.6]]), voice("frank", -24, [[5.5, 8.6]]));
  const heard = echo(render, { rate, seed: 401, delayMs: 30, rt60Ms: 500, directDb: -3, lossDb: 14 });
  const first = inRoom(voice("ben", -27, [[3, 6]]), { rate, seed: 402, rt60Ms: 450, directDb: -2 });
  const second = inRoom(voice("clara", -30, [[4.5, 8.6]]), { rate, seed: 403, rt60Ms: 450, directDb: -5 });
  const talkers = mix(first, second);
  const capture = withNoise(mix(first, second, heard), pink(length, 404), -60);
  return oneToOne(rate, render, capture, talkers, { far: [[1.6, 3]], near: [[3.2, 8.6]], noise: [[9.2, 10]] });
}

/** @returns {Scene} */
export function carCabin() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const render = voice("hugo", -20, far);
  const heard = echo(render, { rate, seed: 801, delayMs: 55, rt60Ms: 60, directDb: 6, lossDb: 10, drive: 1 });
  const talker = voice("emma", -24, near);
  return oneToOne(rate, render, withNoise(mix(talker, heard), car(length, rate, 802), -34), talker);
}

/** @returns {Scene} */
export function lowCostMobile() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const render = voice("greta", -15, far);
  const heard = echo(render, { rate, seed: 1001, delayMs: 90, rt60Ms: 120, directDb: 6, lossDb: 6, drive: 3 });
  const talker = voice("frank", -25, near);
  return oneToOne(rate, render, withNoise(mix(talker, heard), brown(length, rate, 1002), -52), talker);
}

/** The band of a telephone, both ways, and the delay of the radio link. @returns {Scene} */
export function bluetoothNarrowband() {
  const rate = 8000;
  const { length, voice } = voices(rate, seconds);
  const render = telephoneBand(voice("clara", -20, far), rate);
  const heard = echo(render, { rate, seed: 1101, delayMs: 170, rt60Ms: 90, directDb: 6, lossDb: 18 });
  const talker = voice("hugo", -24, near);
  const capture = telephoneBand(withNoise(mix(talker, heard), pink(length, 1102), -56), rate);
  return oneToOne(rate, render, capture, telephoneBand(talker, rate));
}

/**
 * At 4.2 s the device is moved: from then on the echo takes another way. What is heard until the canceller
 * has learnt it counts.
 *
 * @returns {Scene}
 */
export function echoPathChange() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const render = voice("david", -20, [[0.4, 8.6]]);
  const before = echo(render, { rate, seed: 1201, delayMs: 40, rt60Ms: 200, lossDb: 8 });
  const after = echo(render, { rate, seed: 1202, delayMs: 58, rt60Ms: 260, lossDb: 5 });
  const moved = before.map((x, i) => (i < 4.2 * rate ? x : (after[i] ?? 0)));
  const capture = withNoise(moved, pink(length, 1203), -62);
  return oneToOne(rate, render, capture, undefined, { far: [[4.2, 8.6]], noise: [[9.2, 10]] });
}

/** @returns {Scene} */
export function longDelay() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const render = voice("emma", -20, far);
  const heard = echo(render, { rate, seed: 1501, delayMs: 320, rt60Ms: 220, directDb: 2, lossDb: 8, drive: 1 });
  const talker = voice("ben", -26, near);
  return oneToOne(rate, render, withNoise(mix(talker, heard), pink(length, 1502), -60), talker);
}

/**
 * Two loudspeakers, two microphones, each pair with its own way. Host and guest are heard from different
 * sides, so that the far end is really stereo; measured once this has been found out and learnt.
 *
 * @returns {Scene}
 */
export function stereoRoom() {
  const rate = 48000;
  const { length, voice } = voices(rate, seconds);
  const host = voice("anna", -22, [
    [0.4, 2.4],
    [3.4, 6.4],
  ]);
  const guest = voice("hugo", -25, [
    [1.4, 4.4],
    [5.2, 6.4],
  ]);
  const render = [mix(host, scaled(guest, 0.3)), mix(scaled(host, 0.5), guest)];
  const talker = voice("clara", -26, [[6.8, 8.8]]);
  const heard = [0, 1].map((side) => inRoom(talker, { rate, seed: 1611 + side, rt60Ms: 250, directDb: 3 }));
  const capture = [0, 1].map((side) => {
    const ways = render.map((channel, index) =>
      echo(channel, { rate, seed: 1601 + 2 * side + index, delayMs: 35, rt60Ms: 220, directDb: 2, lossDb: index === side ? 11 : 15 }),
    );
    return withNoise(mix(heard[side], ...ways), pink(length, 1621 + side), -62);
  });
  return { rate, capture, render, near: heard[0], spans: { far: [[4.4, 6.4]], near: [[6.9, 8.8]], noise: [[9.2, 10]] } };
}

/** The microphone's clock runs 150 ppm faster than the loudspeaker's; the level is too high for the converter now and then. @returns {Scene} */
export function clockDrift() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const render = voice("frank", -20, [[0.4, 8.6]]);
  const heard = echo(render, { rate, seed: 1701, delayMs: 50, rt60Ms: 160, directDb: 3, lossDb: 4 });
  const drifted = new Float64Array(length);
  drifted.set(resample(heard, 1.00015).subarray(0, length));
  const capture = hardClip(withNoise(drifted, pink(length, 1702), -60), 0, -6);
  return oneToOne(rate, render, capture, undefined, { far: [[4, 8.6]], noise: [[9.2, 10]] });
}

function telephoneBand(samples, rate) {
  return lowPass(highPass(samples, rate, 300), rate, 3400);
}
