/** Owns the scenes in which the way of the echo is what matters: long and short rooms, and what changes during the call. */
import { atLevel, fromDb, mix } from "./levels.mjs";
import { music } from "./music.mjs";
import { pink } from "./noise.mjs";
import { echo, inRoom } from "./room.mjs";
import { CALL, oneToOne, voices, withNoise } from "./stage.mjs";

/** @typedef {import("./stage.mjs").Scene} Scene */

const { seconds, far, near } = CALL;
const NEARLY_ALL = [[0.4, 8.6]];
const QUIET_END = [[9.2, 10]];

/** Glass walls: more than a second until a sound has died away. @returns {Scene} */
export function glassMeetingRoom() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const render = voice("ben", -20, far);
  const heard = echo(render, { rate, seed: 3101, delayMs: 45, rt60Ms: 1100, directDb: -2, lossDb: 8 });
  const talker = inRoom(voice("clara", -26, near), { rate, seed: 3102, rt60Ms: 1100, directDb: 1 });
  const spans = { far: [[2.4, 4.4]], near: [[5.6, 7]], noise: [[9.7, 10]] };
  return oneToOne(rate, render, withNoise(mix(talker, heard), pink(length, 3103), -60), talker, spans);
}

/** Felt on all sides, the loudspeaker at arm's length. @returns {Scene} */
export function phoneBooth() {
  const rate = 32000;
  const { length, voice } = voices(rate, seconds);
  const render = voice("clara", -22, far);
  const heard = echo(render, { rate, seed: 3201, delayMs: 15, rt60Ms: 40, directDb: 8, lossDb: 6 });
  const talker = inRoom(voice("frank", -20, near), { rate, seed: 3202, rt60Ms: 40, directDb: 10 });
  return oneToOne(rate, render, withNoise(mix(talker, heard), pink(length, 3203), -68), talker);
}

/** At 4.4 s somebody turns the loudspeaker up by 12 dB. @returns {Scene} */
export function volumeRaised() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const render = voice("emma", -24, NEARLY_ALL);
  const heard = echo(render, { rate, seed: 3301, delayMs: 50, rt60Ms: 180, directDb: 3, lossDb: 16 });
  const raised = heard.map((x, i) => (i < 4.4 * rate ? x : x * fromDb(12)));
  return oneToOne(rate, render, withNoise(raised, pink(length, 3302), -62), undefined, { far: [[4.4, 8.6]], noise: QUIET_END });
}

/** The near end interrupts three times while the far end goes on talking. @returns {Scene} */
export function bargeIn() {
  const rate = 32000;
  const { length, voice } = voices(rate, seconds);
  const render = voice("david", -22, NEARLY_ALL);
  const heard = echo(render, { rate, seed: 3401, delayMs: 40, rt60Ms: 160, directDb: 4, lossDb: 14 });
  const interruptions = [
    [4.6, 5.6],
    [6.2, 7.2],
    [7.7, 8.5],
  ];
  const talker = voice("anna", -24, interruptions);
  const spans = { far: [[2.4, 4.4]], double: interruptions, noise: QUIET_END };
  return oneToOne(rate, render, withNoise(mix(talker, heard), pink(length, 3402), -64), talker, spans);
}

/** At 4.5 s the sound moves to a loudspeaker with a longer buffer, and the module is told. @returns {Scene} */
export function delayJump() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const render = voice("frank", -20, NEARLY_ALL);
  const before = echo(render, { rate, seed: 3501, delayMs: 60, rt60Ms: 150, directDb: 3, lossDb: 8 });
  const after = echo(render, { rate, seed: 3502, delayMs: 210, rt60Ms: 220, directDb: 2, lossDb: 8 });
  const moved = before.map((x, i) => (i < 4.5 * rate ? x : (after[i] ?? 0)));
  const scene = oneToOne(rate, render, withNoise(moved, pink(length, 3503), -62), undefined, { far: [[4.5, 8.6]], noise: QUIET_END });
  return { ...scene, events: [{ from: 4.5, to: 10, what: "delay:210" }] };
}

/** The sound card says that there is no delay; there are 240 ms. @returns {Scene} */
export function wrongDelay() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const render = voice("hugo", -20, far);
  const heard = echo(render, { rate, seed: 3601, delayMs: 240, rt60Ms: 180, directDb: 3, lossDb: 8 });
  const talker = voice("emma", -26, near);
  return oneToOne(rate, render, withNoise(mix(talker, heard), pink(length, 3602), -60), talker);
}

/** The far end has put the call on hold: its music is all echo, and the near end talks to a colleague meanwhile. @returns {Scene} */
export function holdMusic() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const render = atLevel(music(length, rate, 3701), -20).map((x, i) => (i < 8.6 * rate ? x : 0));
  const heard = echo(render, { rate, seed: 3702, delayMs: 50, rt60Ms: 200, directDb: 3, lossDb: 12 });
  const talker = voice("clara", -26, [[5, 8.4]]);
  const spans = { far: [[2.4, 4.8]], double: [[5.2, 8.4]], noise: QUIET_END };
  return oneToOne(rate, render, withNoise(mix(talker, heard), pink(length, 3703), -62), talker, spans);
}
