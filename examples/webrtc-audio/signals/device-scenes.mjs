/** Owns the scenes that stand for a device: where its loudspeaker and microphones sit, at which rate, in how many channels. */
import { highPass, lowPass } from "./filters.mjs";
import { atLevel, fromDb, hardClip, mix, scaled } from "./levels.mjs";
import { music } from "./music.mjs";
import { brown, pink } from "./noise.mjs";
import { echo, inRoom } from "./room.mjs";
import { CALL, oneToOne, voices, withNoise } from "./stage.mjs";

/** @typedef {import("./stage.mjs").Scene} Scene */

const { seconds, far, near, spans } = CALL;

/** Four microphones around a loud loudspeaker that plays music under a voice; the talker is two metres away. @returns {Scene} */
export function smartSpeakerArray() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const tune = scaled(atLevel(music(length, rate, 2101), -24), 1).map((x, i) => (voiceGate(i / rate) ? x : 0));
  const render = mix(voice("greta", -18, far), tune);
  const talker = voice("ben", -32, near);
  const heard = [0, 1, 2, 3].map((side) => inRoom(talker, { rate, seed: 2111 + side, rt60Ms: 400, directDb: 0 }));
  const capture = heard.map((own, side) => {
    const way = echo(render, { rate, seed: 2121 + side, delayMs: 22, rt60Ms: 300, directDb: 5, lossDb: 2, drive: 1 });
    return withNoise(mix(own, way), pink(length, 2131 + side), -64);
  });
  return { rate, capture, render: [render], near: heard[0], spans };
}

/** Music only while the far end is on the air. */
function voiceGate(at) {
  return far.some(([from, to]) => at >= from && at < to);
}

/** Two loudspeakers at full volume across a living room, one microphone on the sofa table, the delay of an HDMI link. @returns {Scene} */
export function tvSoundbar() {
  const rate = 48000;
  const { length, voice } = voices(rate, seconds);
  const host = voice("hugo", -18, far);
  const guest = voice("clara", -22, [[2, 4.4]]);
  const render = [mix(host, scaled(guest, 0.2)), mix(scaled(host, 0.6), guest)];
  const ways = render.map((channel, side) =>
    echo(channel, { rate, seed: 2201 + side, delayMs: 150, rt60Ms: 500, directDb: -2, lossDb: 14 }),
  );
  const talker = inRoom(voice("emma", -26, near), { rate, seed: 2211, rt60Ms: 450, directDb: 2 });
  return { rate, capture: [withNoise(mix(talker, ...ways), pink(length, 2221), -58)], render, near: talker, spans };
}

/** A telephone on a desk, hands free: 8 kHz, loudspeaker and microphone in one case. @returns {Scene} */
export function deskPhone() {
  const rate = 8000;
  const { length, voice } = voices(rate, seconds);
  const render = highPass(voice("frank", -16, far), rate, 250);
  const heard = echo(render, { rate, seed: 2301, delayMs: 12, rt60Ms: 150, directDb: 8, lossDb: 4, drive: 2 });
  const talker = inRoom(voice("david", -26, near), { rate, seed: 2302, rt60Ms: 250, directDb: 4 });
  return oneToOne(rate, render, withNoise(mix(talker, heard), pink(length, 2303), -54), talker);
}

/** A conference puck on USB that knows 44.1 kHz only. @returns {Scene} */
export function usbSpeakerphone44k() {
  const rate = 44100;
  const { length, voice } = voices(rate, seconds);
  const render = voice("emma", -20, far);
  const heard = echo(render, { rate, seed: 2401, delayMs: 60, rt60Ms: 220, directDb: 4, lossDb: 6, drive: 1 });
  const talker = inRoom(voice("frank", -27, near), { rate, seed: 2402, rt60Ms: 220, directDb: 3 });
  return oneToOne(rate, render, withNoise(mix(talker, heard), pink(length, 2403), -60), talker);
}

/** What leaks from earbuds to their microphone is 40 dB below the talker: nothing must be done to him for its sake. @returns {Scene} */
export function earbudsLeak() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const render = voice("david", -20, far);
  const heard = echo(render, { rate, seed: 2501, delayMs: 8, rt60Ms: 20, directDb: 10, lossDb: 40 });
  const talker = voice("anna", -20, [[4.8, 8.6]]);
  return oneToOne(rate, render, withNoise(mix(talker, heard), pink(length, 2502), -74), talker);
}

/** The loudspeaker is driven far beyond what it can do, and the microphone's converter with it. @returns {Scene} */
export function overdrivenLoudspeaker() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const render = voice("greta", -12, far);
  const heard = echo(render, { rate, seed: 2601, delayMs: 45, rt60Ms: 100, directDb: 6, lossDb: -6, drive: 14 });
  const talker = voice("hugo", -24, near);
  const capture = hardClip(withNoise(mix(talker, lowPass(heard, rate, 5000)), brown(length, rate, 2602), -58), 6, -1);
  return oneToOne(rate, render, capture, scaled(talker, fromDb(6)));
}
