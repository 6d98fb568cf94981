/** Owns the exact anytime-valid test for rare events: crashes in treatment against crashes in control, and nothing else. */

export interface RareEventDesign {
  /** The greatest harmless ratio of the rates, treatment to control: 1 + margin. */
  readonly nullRatio?: number;
  /** Exposure of treatment over exposure of control, as the assignment makes it: 1 for arms of equal size. */
  readonly exposureRatio?: number;
  /** The ratio that shall be found soonest; 2 (or half as much again as `nullRatio`) without it. */
  readonly designRatio?: number;
  /** The share of the bet that lies on `designRatio` (0.78); the rest is spread over ratios from 1.02 to 50 times the null. */
  readonly designMass?: number;
}

/** ln e-value from the units of treatment and of control that had the event so far. */
export type RareEventTest = (treatment: number, control: number) => number;

/**
 * A test of "the rate in treatment is at most `nullRatio` times the rate in control". While that is true, each event falls on
 * treatment with a chance of at most p₀ = θ₀r / (1 + θ₀r), whatever the rate (the conditional test of Przyborowski and Wilenski 1940);
 * so the mixture of likelihood ratios over chances above p₀ is a supermartingale (Wald 1945; Robbins 1970) and passes 1/α with
 * probability at most α at all looks together: exact, without a baseline, from the first event on. Count units with an event, not
 * events: those of one unit are not independent.
 *
 * A function of the two counts only; one evaluation takes well below a microsecond and allocates nothing.
 */
export function rareEventTest(design: RareEventDesign = {}): RareEventTest {
  const { nullRatio = 1, exposureRatio = 1 } = design;
  const bets = betsOf(design);
  return mixtureOf(Float64Array.from(bets.offsets), Float64Array.from(bets.logWeights), nullRatio * exposureRatio);
}

/** The counts of one phase of a ramp. */
export interface RareEventPhase {
  readonly treatment: number;
  readonly control: number;
  readonly exposureRatio: number;
}

/** The same test over phases with different ratios of exposure: each bet collects its evidence over all phases. */
export function rareEventLogE(phases: readonly RareEventPhase[], design: RareEventDesign = {}): number {
  const { nullRatio = 1 } = design;
  const { offsets, logWeights } = betsOf(design);
  const terms = offsets.map((offset, bet) => {
    const evidence = phases.map((phase) => {
      const odds = nullRatio * phase.exposureRatio;
      return phase.treatment * gain(odds, offset) + phase.control * loss(odds, offset);
    });
    return evidence.reduce((sum, each) => sum + each, logWeights[bet] ?? 0);
  });
  const greatest = Math.max(...terms);
  return greatest + Math.log(terms.reduce((sum, each) => sum + Math.exp(each - greatest), 0));
}

/** ln of how much likelier an event of treatment is when the odds are e^offset times the null's. */
function gain(odds: number, offset: number): number {
  return offset + loss(odds, offset);
}

/** The same for an event of control. */
function loss(odds: number, offset: number): number {
  return Math.log1p(odds) - Math.log1p(odds * Math.exp(offset));
}

const NEAREST = Math.log(1.02);
const FARTHEST = Math.log(50);
const STEP = 1.25;
/** How many natural logarithms around the design's the rest of the bet reaches, as a standard deviation. */
const SPREAD = 1.2;

interface Bets {
  /** ln(ratio / nullRatio) of each bet; the first is the design's. */
  readonly offsets: readonly number[];
  readonly logWeights: readonly number[];
}

/** The design ratio, and a grid whose distances from the null grow by a quarter each: no ratio loses more than 2 % to its neighbour. */
function betsOf({ nullRatio = 1, designRatio = Math.max(2, 1.5 * nullRatio), designMass = 0.78 }: RareEventDesign): Bets {
  const design = Math.max(NEAREST, Math.log(designRatio / nullRatio));
  const grid: number[] = [];
  for (let offset = NEAREST; offset <= FARTHEST; offset *= STEP) grid.push(offset);
  const heights = grid.map((offset) => Math.exp(-0.5 * (Math.log(offset / design) / SPREAD) ** 2));
  const total = heights.reduce((sum, each) => sum + each, 0);
  const rest = heights.map((height) => Math.log(((1 - designMass) * height) / total));
  return { offsets: [design, ...grid], logWeights: [Math.log(designMass), ...rest] };
}

function mixtureOf(offsets: Float64Array, logWeights: Float64Array, odds: number): RareEventTest {
  const gains = offsets.map((offset) => gain(odds, offset));
  const losses = offsets.map((offset) => loss(odds, offset));
  const terms = new Float64Array(offsets.length);
  return function logE(treatment, control) {
    let greatest = -Infinity;
    for (let bet = 0; bet < terms.length; bet++) {
      const term = (logWeights[bet] as number) + treatment * (gains[bet] as number) + control * (losses[bet] as number);
      terms[bet] = term;
      if (term > greatest) greatest = term;
    }
    let sum = 0;
    for (let bet = 0; bet < terms.length; bet++) {
      const below = (terms[bet] as number) - greatest;
      if (below > -37) sum += Math.exp(below);
    }
    return greatest + Math.log(sum);
  };
}
