import fc from "fast-check";

/** A step of a sequence. Instants are milliseconds from the present one; clients, holds and spends are numbers. */
export type Command =
  | {
      readonly op: "grant";
      readonly client: number;
      readonly amount: number;
      readonly kind: "MONTHLY_ALLOCATION" | "PURCHASE" | "PROMO";
      readonly effectiveIn: number;
      readonly expiresIn: number | null;
      readonly priority: number;
    }
  | { readonly op: "spend"; readonly client: number; readonly amount: number }
  | { readonly op: "hold"; readonly client: number; readonly amount: number; readonly endsIn: number }
  | { readonly op: "post"; readonly hold: number }
  | { readonly op: "void"; readonly hold: number; readonly policy: Policy; readonly extendBy: number }
  | { readonly op: "refund"; readonly spend: number; readonly policy: Policy; readonly extendBy: number }
  | { readonly op: "transfer"; readonly client: number; readonly to: number; readonly amount: number }
  | { readonly op: "adjust"; readonly client: number; readonly amount: number; readonly expiresIn: number | null }
  | {
      readonly op: "rollover";
      readonly client: number;
      readonly rollover: "NONE" | "CAP" | "FULL";
      readonly cap: number;
    }
  | { readonly op: "expire" }
  | { readonly op: "expireHolds" }
  | { readonly op: "clock"; readonly by: number }
  /** A request that is sent again; with `isOther` it asks for one credit more under the same key. */
  | { readonly op: "again"; readonly step: number; readonly isOther: boolean };

export type Policy = "RESTORE" | "EXTEND" | "FORFEIT";

const client = fc.constantFrom(0, 0, 0, 0, 1, 2);
const badAmount = fc.constantFrom(0, -3, 2_000_000_000);
const someAmount = fc.integer({ min: 1, max: 12 });
const amount = fc.oneof({ arbitrary: someAmount, weight: 20 }, { arbitrary: badAmount, weight: 1 });
const soon = fc.integer({ min: 1, max: 8 });
const expiresIn = fc.oneof(
  { arbitrary: soon, weight: 8 },
  { arbitrary: fc.constant(null), weight: 3 },
  { arbitrary: fc.constant(0), weight: 1 },
);
const policy = fc.constantFrom<Policy>("RESTORE", "EXTEND", "FORFEIT");
/** Of a step, a hold or a spend, among those that there are by then. */
const place = fc.nat({ max: 29 });

const command: fc.Arbitrary<Command> = fc.oneof(
  { withCrossShrink: true },
  // What any other one becomes while a failing sequence is made simpler.
  { weight: 1, arbitrary: fc.constant({ op: "clock" as const, by: 0 }) },
  {
    weight: 9,
    arbitrary: fc.record({
      op: fc.constant("grant" as const),
      client,
      amount: fc.oneof({ arbitrary: fc.integer({ min: 1, max: 40 }), weight: 20 }, { arbitrary: badAmount, weight: 1 }),
      kind: fc.constantFrom(
        "MONTHLY_ALLOCATION" as const,
        "MONTHLY_ALLOCATION" as const,
        "PURCHASE" as const,
        "PROMO" as const,
      ),
      effectiveIn: fc.constantFrom(0, 0, 0, 1, 3),
      expiresIn,
      priority: fc.constantFrom(0, 0, 0, 1, -1),
    }),
  },
  { weight: 5, arbitrary: fc.record({ op: fc.constant("spend" as const), client, amount }) },
  {
    weight: 5,
    arbitrary: fc.record({ op: fc.constant("hold" as const), client, amount, endsIn: fc.integer({ min: 0, max: 6 }) }),
  },
  { weight: 3, arbitrary: fc.record({ op: fc.constant("post" as const), hold: place }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant("void" as const), hold: place, policy, extendBy: soon }) },
  { weight: 4, arbitrary: fc.record({ op: fc.constant("refund" as const), spend: place, policy, extendBy: soon }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("transfer" as const), client, to: client, amount }) },
  {
    weight: 2,
    arbitrary: fc.record({
      op: fc.constant("adjust" as const),
      client,
      amount: fc.integer({ min: -6, max: 6 }),
      expiresIn,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      op: fc.constant("rollover" as const),
      client,
      rollover: fc.constantFrom("NONE" as const, "CAP" as const, "FULL" as const),
      cap: fc.nat({ max: 5 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("expire" as const) }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("expireHolds" as const) }) },
  { weight: 4, arbitrary: fc.record({ op: fc.constant("clock" as const), by: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant("again" as const),
      step: place,
      isOther: fc.integer({ min: 0, max: 4 }).map((number) => number === 0),
    }),
  },
);

/** So that there is something to move from the start. */
const firstGrant: fc.Arbitrary<Command> = fc.record({
  op: fc.constant("grant" as const),
  client: fc.constant(0),
  amount: fc.integer({ min: 10, max: 60 }),
  kind: fc.constantFrom("MONTHLY_ALLOCATION" as const, "PURCHASE" as const),
  effectiveIn: fc.constant(0),
  expiresIn: fc.constantFrom(null, 12),
  priority: fc.constant(0),
});

/** Sequences of exactly so many steps; in a failing one, all that isn't needed becomes a standing clock. */
export function commandSequences(steps: number): fc.Arbitrary<Command[]> {
  return fc
    .tuple(firstGrant, fc.array(command, { minLength: steps - 1, maxLength: steps - 1, size: "max" }))
    .map(([first, others]) => [first, ...others]);
}
