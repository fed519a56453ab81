import type { PricedField, PricedSelection } from "./cost-plan.ts";
import { minOperationPrice, type Size } from "./cost-rules.ts";

type Variables = Readonly<Record<string, unknown>>;
type Priced = number | ((variables: Variables) => number);
type Counted = number | ((value: unknown) => number);

/** What a plan costs, as two functions that do nothing but the sums that differ from call to call. */
export interface CompiledCost {
  /** The price before it runs, by the sizes that its variables ask for. */
  requested(variables: Variables): number;
  /** The price of what came out, by the lengths of the result's lists. */
  actual(result: unknown): number;
}

export function compileCost(plan: PricedSelection): CompiledCost {
  const requested = priced(plan);
  const actual = counted(plan);
  return {
    requested: (variables) => Math.max(minOperationPrice, valueOf(requested, variables)),
    actual: (result) => Math.max(minOperationPrice, typeof actual === "number" ? actual : actual(result)),
  };
}

function priced({ price, fields, alternatives }: PricedSelection): Priced {
  const parts = fields.map(pricedField);
  const choices = alternatives.map(priced);
  if (choices.every((choice) => typeof choice === "number")) parts.push(Math.max(0, ...choices));
  else parts.push((variables) => Math.max(...choices.map((choice) => valueOf(choice, variables))));
  return sum(price, parts);
}

function pricedField({ price, size, below }: PricedField): Priced {
  const one = priced(below);
  if (size === undefined) return sum(price, [one]);
  if (typeof size === "number" && typeof one === "number") return price + size * one;
  return (variables) => price + valueOf(size, variables) * valueOf(one, variables);
}

/** By the result: a list that isn't there, because its object is null or an error, has no items. */
function counted({ price, fields, alternatives }: PricedSelection): Counted {
  const parts = fields.map(countedField);
  const choices = alternatives.map(counted);
  if (choices.every((choice) => typeof choice === "number")) parts.push(Math.max(0, ...choices));
  else parts.push((value) => Math.max(...choices.map((choice) => valueOf(choice, value))));
  return sum(price, parts);
}

function countedField({ key, price, size, below }: PricedField): Counted {
  const one = counted(below);
  if (size === undefined) return typeof one === "number" ? price + one : (value) => price + one(member(value, key));
  return (value) => {
    const items = member(value, key);
    if (!Array.isArray(items)) return price;
    if (typeof one === "number") return price + items.length * one;
    let total = price;
    for (const item of items) total += one(item);
    return total;
  };
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

/** One function for what changes, and one number for all that doesn't. */
function sum<Input>(
  start: number,
  parts: readonly (number | ((input: Input) => number))[],
): number | ((input: Input) => number) {
  let constant = start;
  const changing: ((input: Input) => number)[] = [];
  for (const part of parts) {
    if (typeof part === "number") constant += part;
    else changing.push(part);
  }
  const [first, ...others] = changing;
  if (first === undefined) return constant;
  if (others.length === 0) return (input) => constant + first(input);
  return (input) => changing.reduce((total, part) => total + part(input), constant);
}

function valueOf<Input>(part: number | ((input: Input) => number), input: Input): number {
  return typeof part === "number" ? part : part(input);
}

/** What one path of an operation costs, for all objects that stand there. */
export interface PathPrice {
  /** The names in the result, such as `leads.nodes.owner`. */
  readonly path: string;
  readonly price: number;
}

/** The price by path, the dearest first; the prices add up to the whole. */
export function pricesByPath(plan: PricedSelection, variables: Variables): PathPrice[] {
  const prices: PathPrice[] = [];
  const visit = (selection: PricedSelection, path: readonly string[], times: number) => {
    for (const { key, price, size, below } of selection.fields) {
      const inner = size === undefined ? times : times * valueOf(size as Size, variables);
      const here = [...path, key];
      prices.push({ path: here.join("."), price: times * price + inner * below.price });
      visit(below, here, inner);
    }
    const dearest = selection.alternatives.toSorted(
      (one, other) => valueOf(priced(other), variables) - valueOf(priced(one), variables),
    )[0];
    if (dearest !== undefined) visit(dearest, path, times);
  };
  visit(plan, [], 1);
  return prices.filter(({ price }) => price > 0).toSorted((one, other) => other.price - one.price);
}
