/** Owns the table of all scenes by the use case that they are made for. */
import * as device from "./device-scenes.mjs";
import * as echo from "./echo-scenes.mjs";
import * as hostile from "./hostile-scenes.mjs";
import * as long from "./long-scenes.mjs";
import * as musical from "./music-scenes.mjs";
import * as near from "./near-scenes.mjs";
import * as noise from "./noise-scenes.mjs";
import * as room from "./room-scenes.mjs";
import * as talker from "./talker-scenes.mjs";

/** @type {Record<string, () => import("./stage.mjs").Scene>} */
const SCENES = {
  "barge-in": room.bargeIn,
  "bluetooth-narrowband": echo.bluetoothNarrowband,
  "buzz-60-hz": noise.buzz60,
  "cafe-babble": near.cafeBabble,
  "car-cabin": echo.carCabin,
  "child-voice": talker.childVoice,
  "clipped-microphone": near.clippedMicrophone,
  "clock-drift": echo.clockDrift,
  "dc-offset": hostile.dcOffset,
  "delay-jump": room.delayJump,
  denormals: hostile.denormals,
  "desk-phone": device.deskPhone,
  "earbuds-leak": device.earbudsLeak,
  "echo-path-change": echo.echoPathChange,
  "full-scale-clicks": hostile.clicks,
  "full-scale-square": hostile.squareWave,
  "glass-meeting-room": room.glassMeetingRoom,
  "headset-wind": near.headsetWind,
  "hold-music": room.holdMusic,
  "hum-50-hz": noise.hum50,
  "keyboard-typing": near.keyboardTyping,
  "laptop-call": echo.laptopCall,
  "long-delay": echo.longDelay,
  "lost-capture-frames": hostile.lostCapture,
  "low-cost-mobile": echo.lowCostMobile,
  "low-voice": talker.lowVoice,
  "meeting-room-double-talk": echo.meetingRoom,
  "missing-render-frames": hostile.missingRender,
  "music-48k": near.music48k,
  "office-fan": noise.officeFan,
  "organ-48k": musical.organ,
  "overdriven-loudspeaker": device.overdrivenLoudspeaker,
  "percussion-48k": near.percussion48k,
  "phone-booth": room.phoneBooth,
  "quiet-far-speech": near.quietFarSpeech,
  "rain-on-window": noise.rainOnWindow,
  "shout-then-murmur": talker.shoutThenMurmur,
  "silent-room": near.silentRoom,
  "smart-speaker-array": device.smartSpeakerArray,
  "speakerphone-echo": echo.speakerphone,
  "stereo-music-44k": musical.stereoMusic44k,
  "stereo-room": echo.stereoRoom,
  "street-traffic": noise.streetTraffic,
  "table-of-talkers": talker.tableOfTalkers,
  "ten-minutes-of-drift": long.tenMinutesOfDrift,
  "train-carriage": noise.trainCarriage,
  "tv-soundbar": device.tvSoundbar,
  "two-minutes-of-silence": long.twoMinutesOfSilence,
  "usb-speakerphone-44k": device.usbSpeakerphone44k,
  "vacuum-cleaner": noise.vacuumInTheRoom,
  "volume-raised": room.volumeRaised,
  whisper: talker.whisper,
  "wrong-delay": room.wrongDelay,
  "zeros-then-full-scale": hostile.zerosThenFullScale,
};

/** The scene of a use case; an error that lists them all when there is none. @returns {() => import("./stage.mjs").Scene} */
export function sceneNamed(id) {
  const scene = Object.hasOwn(SCENES, id) ? SCENES[id] : undefined;
  if (scene === undefined) throw new Error(`there is no scene of that name; use cases: ${Object.keys(SCENES).join(", ")}`);
  return scene;
}
