import { cpus } from "node:os";
import { type Attributes, GrowthBookClient } from "@growthbook/growthbook";
import { evaluate } from "../server/experiments/evaluation/evaluate.ts";
import type { ExperimentDefinition } from "../server/experiments/evaluation/experiment-definition.ts";
import { toGrowthBookPayload } from "../server/experiments/evaluation/growthbook-payload.ts";
import { toSubject } from "../server/experiments/evaluation/subject.ts";

// Evaluations per CPU-second in one process: ours against GrowthBook's SDK, which has the same experiments as features. Both
// start from a subject's id and raw attributes and end with the variant's key; both know of no stored variant. Interleaved, so
// that other load hits both alike: believe the ratio.

// GrowthBook's SDK leaves its log lines out then, as on its users' servers.
process.env["NODE_ENV"] = "production";

const rounds = 15;
const warmUpRounds = 3;
const repetitions = 20;
const bar = 1;

const experiments = Array.from({ length: 12 }, (_, index): ExperimentDefinition => {
  const keys = ["control", "a", "b", "c"].slice(0, 2 + (index % 3));
  return {
    key: `experiment-${index}`,
    salt: `salt-${index}`,
    status: "RUNNING",
    variants: keys.map((key) => ({ key, status: "ACTIVE", weight: 1 / keys.length, payload: key })),
    weightVersion: 1,
    condition: index % 2 === 0 ? null : { plan: { $in: ["pro", "team"] }, deviceType: "mobile" },
    allocation: index % 4 === 3 ? 0.8 : 1,
    namespace: index % 6 === 5 ? { key: "pricing", from: 0, to: 0.5 } : null,
    holdout: null,
    rolledOutVariantKey: null,
  };
});
const visitors = Array.from({ length: 1_000 }, (_, index) => ({
  id: `visitor-${index}`,
  attributes: {
    plan: ["pro", "team", "free"][index % 3],
    deviceType: index % 4 === 0 ? "desktop" : "mobile",
    age: index,
  },
}));
const sdk = new GrowthBookClient().initSync({ payload: sdkPayload() });

/** Without the rules that only matter to SDKs that have stored variants: they would cost the peer time. */
function sdkPayload() {
  const payload = toGrowthBookPayload(experiments, new Date(0));
  for (const feature of Object.values(payload.features ?? {})) feature.rules = feature.rules?.slice(-1) ?? [];
  return payload;
}

type Visitor = (typeof visitors)[number];
type Way = (visitor: Visitor) => unknown[];

function ours({ id, attributes }: Visitor): unknown[] {
  const subject = toSubject({ id, attributes });
  return experiments.map((experiment) => evaluate(experiment, subject).variantKey);
}

function theirs({ id, attributes }: Visitor): unknown[] {
  const user: { attributes: Attributes } = { attributes: { ...attributes, id } };
  return experiments.map(({ key }) => sdk.evalFeature(key, user).value);
}

/** Evaluations per second of this process' CPU time. */
function measure(way: Way): number {
  const before = process.cpuUsage();
  for (let repetition = 0; repetition < repetitions; repetition += 1) for (const visitor of visitors) way(visitor);
  const { user, system } = process.cpuUsage(before);
  return (repetitions * visitors.length * experiments.length * 1_000_000) / (user + system);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

let enrolled = 0;
for (const visitor of visitors) {
  const [mine, other] = [ours(visitor), theirs(visitor)];
  if (mine.join() !== other.join()) throw new Error(`${visitor.id}: ${mine.join()} here, ${other.join()} in the SDK`);
  enrolled += mine.filter((variantKey) => variantKey !== null).length;
}

const samples: { ours: number; theirs: number }[] = [];
for (let round = -warmUpRounds; round < rounds; round += 1) {
  const sample = { ours: measure(ours), theirs: measure(theirs) };
  if (round >= 0) samples.push(sample);
}
const thousands = (perSecond: number): string => `${Math.round(perSecond / 1_000)},000`;
const ratio = median(samples.map((sample) => sample.ours / sample.theirs));
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`);
console.log(
  `${experiments.length} experiments, ${visitors.length} visitors, ${Math.round((100 * enrolled) / experiments.length / visitors.length)} % of the pairs take part, ${rounds} rounds`,
);
console.log(`Nexora          ${thousands(median(samples.map((sample) => sample.ours)))} evaluations per CPU-second`);
console.log(`GrowthBook SDK  ${thousands(median(samples.map((sample) => sample.theirs)))} evaluations per CPU-second`);
const isMet = ratio >= bar;
console.log(`${isMet ? "pass" : "FAIL"}: Nexora ≥ ${bar} × GrowthBook's SDK: ${ratio.toFixed(2)}`);
if (!isMet) process.exitCode = 1;
