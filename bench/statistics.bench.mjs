/** How soon crashes are found, how often tests err without an effect, and what one evaluation takes. Seeded: the first two tables are the same everywhere. */
import { spendingBounds } from "../dist/stats/group-sequential/boundaries.js";
import { obrienFlemingSpending } from "../dist/stats/group-sequential/spending.js";
import { oneSidedLogE, tunedPrecision } from "../dist/stats/sequential/asymptotic.js";
import { binsOf } from "../dist/stats/sequential/distribution.js";
import { quantileHarmLogE } from "../dist/stats/sequential/quantile-difference.js";
import { rareEventTest } from "../dist/stats/sequential/rare-events.js";
import { srmLogE } from "../dist/stats/sequential/srm.js";
import { seededRandom } from "../dist/support/random.js";

const RUNS = Number(process.env.RUNS ?? 10_000);
const PER_LOOK = 500;
const FLEET = 0.05 / 270;
const random = seededRandom(2026);

function poisson(mean) {
  let [count, chance, left] = [0, Math.exp(-mean), random()];
  while (left > chance) {
    left -= chance;
    count++;
    chance *= mean / count;
  }
  return count;
}

function normal() {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const exact = rareEventTest();

/** Difference of the crash rates as a sequence, tuned to 5,000 units as GrowthBook's default is. */
function sequence(alpha) {
  const precision = tunedPrecision(5000, alpha, 1);
  return (treatment, control, perArm) => {
    const standardError = Math.sqrt((treatment + control) / perArm ** 2);
    return oneSidedLogE({ mean: (treatment - control) / perArm, standardError, n: 2 * perArm }, precision) >= -Math.log(alpha);
  };
}

function testsAt(alpha) {
  const threshold = -Math.log(alpha);
  return {
    "exact, this package": (treatment, control) => exact(treatment, control) >= threshold,
    "knows that it doubles (SPRT)": (treatment, control) => treatment * Math.log(4 / 3) + control * Math.log(2 / 3) >= threshold,
    "asymptotic confidence sequence": sequence(alpha),
    "z test at each look": (treatment, control) => (treatment - control) / Math.sqrt(treatment + control) > (alpha === 0.05 ? 1.645 : 3.56),
  };
}

function halts(test, ratio, looks) {
  const all = [];
  for (let run = 0; run < RUNS; run++) {
    let [treatment, control, at] = [0, 0, Infinity];
    for (let look = 1; look <= looks; look++) {
      treatment += poisson(PER_LOOK * 0.003 * ratio);
      control += poisson(PER_LOOK * 0.003);
      if (treatment > 0 && test(treatment, control, look * PER_LOOK)) {
        at = look * PER_LOOK;
        break;
      }
    }
    all.push(at);
  }
  return all.toSorted((a, b) => a - b);
}

function percent(share) {
  return `${(100 * share).toFixed(2)} %`;
}

console.log(`crashes of 0.3 %, a look every ${PER_LOOK} devices per arm, ${RUNS} runs; devices per arm until the halt (median)\n`);
console.log("| error      | test                           | false halts in 100 looks | 2 x    | 1.5 x   |");
console.log("| ---------- | ------------------------------ | ------------------------ | ------ | ------- |");
for (const alpha of [0.05, FLEET]) {
  for (const [name, test] of Object.entries(testsAt(alpha))) {
    const none = halts(test, 1, 100).filter(Number.isFinite).length / RUNS;
    const [twice, half] = [halts(test, 2, 200), halts(test, 1.5, 400)].map((all) => all[RUNS / 2]);
    const error = alpha === 0.05 ? "0.05" : "0.05 / 270";
    console.log(
      `| ${error.padEnd(10)} | ${name.padEnd(30)} | ${percent(none).padEnd(24)} | ${String(twice).padEnd(6)} | ${String(half).padEnd(7)} |`,
    );
  }
}

const values = Array.from({ length: 1 << 18 }, normal);
const shapes = {
  normal: (z) => z,
  "lognormal, sigma 1": (z) => Math.exp(z),
  "lognormal, sigma 1.5": (z) => Math.exp(1.5 * z),
  "lognormal 1.5, cut at 99 %": (z) => Math.min(Math.exp(1.5 * z), Math.exp(1.5 * 2.326)),
};

/** A mean without an effect: looks after every `perLook` units per arm. */
function falseHalts(shape, perLook, alpha, runs) {
  const precision = tunedPrecision(10_000, alpha, 1);
  const pool = values.map(shape);
  let found = 0;
  for (let run = 0; run < runs; run++) {
    let [n, sum, squares, hit] = [0, 0, 0, false];
    for (let look = 0; look < 10 && !hit; look++) {
      for (let unit = 0; unit < perLook; unit++) {
        const a = pool[Math.floor(random() * pool.length)];
        const b = pool[Math.floor(random() * pool.length)];
        sum += a - b;
        squares += (a - b) ** 2;
      }
      n += perLook;
      const error = Math.sqrt((squares - (sum * sum) / n) / (n - 1) / n);
      hit = oneSidedLogE({ mean: sum / n, standardError: error, n: 2 * n }, precision) >= -Math.log(alpha);
    }
    if (hit) found++;
  }
  return found / runs;
}

console.log(`\nmeans without an effect, 10 looks, confidence sequence tuned to 10,000 units, error 0.01\n`);
for (const [name, shape] of Object.entries(shapes)) {
  const [early, late] = [100, 500].map((perLook) => percent(falseHalts(shape, perLook, 0.01, RUNS / 4)));
  console.log(`${name.padEnd(28)} looks of 100 units per arm: ${early}, of 500: ${late}`);
}

function nanoseconds(times, call) {
  for (let index = 0; index < times / 10; index++) call(index);
  const start = performance.now();
  for (let index = 0; index < times; index++) call(index);
  return ((performance.now() - start) / times) * 1e6;
}

const precision = tunedPrecision(10_000, FLEET, 1);
const [treatment, control] = [
  binsOf(Float64Array.from({ length: 5000 }, normal).toSorted()),
  binsOf(Float64Array.from({ length: 5000 }, normal).toSorted()),
];
const tuning = { plannedUnits: 5000, alpha: FLEET };
const costs = {
  "exact test of rare events": nanoseconds(2e6, (i) => exact(i % 300, (i * 7) % 300)),
  "one-sided e-value of a mean": nanoseconds(1e6, (i) => oneSidedLogE({ mean: (i % 9) / 100, standardError: 0.01, n: 1e4 }, precision)),
  "sample ratio mismatch": nanoseconds(2e5, (i) => srmLogE([i % 1000, 500], [1, 1])),
  "p95 of 5,000 units per arm": nanoseconds(200, () => quantileHarmLogE(treatment, control, 0.95, 0, tuning)),
  "bounds of 5 gates": nanoseconds(20, (i) =>
    spendingBounds({ fractions: [0.1, 0.2, 0.4, 0.7, 1], alpha: 0.04 + i / 1e4, sides: 1 }, obrienFlemingSpending),
  ),
};
console.log("\none evaluation");
for (const [name, cost] of Object.entries(costs))
  console.log(`${name.padEnd(30)} ${cost < 1e4 ? `${cost.toFixed(0)} ns` : `${(cost / 1e6).toFixed(2)} ms`}`);
