// Makes the signals of the use cases: raw 16-bit samples, little-endian, one channel, 16000 per second.
// The same bytes on every run: noise comes from a fixed seed.
import { writeFileSync } from "node:fs";

const RATE = 16000;
const FULL_SCALE = 32768;

/** Amplitude of a level in dBFS. */
function amplitude(db) {
  return FULL_SCALE * 10 ** (db / 20);
}

/** A sine of that frequency and peak level, as a function of the sample's number. */
function tone(hz, db) {
  return (i) => amplitude(db) * Math.sin((2 * Math.PI * hz * i) / RATE);
}

/** White noise of that peak level: a linear congruential generator (Numerical Recipes' constants). */
function noise(db, seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return amplitude(db) * (state / 2 ** 31 - 1);
  };
}

/** Each kind: how long in seconds, and the sample at number `i`. */
const KINDS = {
  /** A test tone, as line-up signals are. */
  "steady-tone": { seconds: 3, sample: tone(997, -18) },
  /** Somebody begins to sing. */
  "sudden-step": {
    seconds: 4,
    sample: (i) => (i < RATE ? tone(440, -50)(i) : tone(440, -12)(i)),
  },
  silence: { seconds: 2, sample: () => 0 },
  /** A bass, too loud for its microphone: its half waves are longer than a frame. */
  "clipped-microphone": { seconds: 3, sample: tone(41, 6) },
  /** Its lower half wave is the greater one, as with many voices and brass. */
  "lopsided-voice": {
    seconds: 3,
    sample: (i) => -amplitude(-5) * (Math.max(0, Math.sin((2 * Math.PI * 180 * i) / RATE)) ** 4 - 0.2),
  },
  /** A cheap converter: quiet sound on top of a constant voltage. */
  "converter-offset": {
    seconds: 4,
    sample: (i) => amplitude(-20) + tone(600, -40)(i),
  },
  /** One click in a quiet room; it lies at the end of a frame, and points up. */
  click: {
    seconds: 4,
    sample: (i) => (i === RATE - 1 ? amplitude(-6) : tone(100, -60)(i)),
  },
  applause: { seconds: 4, sample: noise(-14, 20240229) },
  /** A song that fades out. */
  "fade-out": {
    seconds: 5,
    sample: (i) => 10 ** ((-12 * i) / RATE / 20) * tone(330, -6)(i),
  },
};

function main([kind, file]) {
  const made = KINDS[kind];
  if (made === undefined || file === undefined) {
    console.error(`usage: node make-signal.mjs KIND FILE\nkinds: ${Object.keys(KINDS).join(" ")}`);
    return 2;
  }
  const samples = new Int16Array(made.seconds * RATE);
  for (let i = 0; i < samples.length; i++) samples[i] = clip(made.sample(i));
  writeFileSync(file, littleEndian(samples));
  return 0;
}

function clip(value) {
  return Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, Math.round(value)));
}

function littleEndian(samples) {
  const bytes = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, i) => bytes.writeInt16LE(sample, 2 * i));
  return bytes;
}

process.exitCode = main(process.argv.slice(2));
