import type { UserErrorData } from "../../schema/errors.ts";
import { normalizeName } from "../operations/names.ts";
import { checkWeights } from "./evaluation/check-weights.ts";
import type { VariantRow } from "./experiment-row.ts";
import { isSmallJson } from "./small-json.ts";

export type VariantCode = "VARIANTS_INVALID" | "VARIANT_KEY_TAKEN" | "WEIGHTS_INVALID";

const minVariants = 2;
const maxVariants = 20;

/** A letter, then letters, digits, `_` and `-`; not a name that every object has: GrowthBook's SDKs look keys up in plain objects. */
export function isKey(text: string): boolean {
  return /^[A-Za-z][\w-]{0,63}$/.test(text) && !(text in Object.prototype);
}

/** What is wrong with all the variants that an experiment would have. `field` is the argument that brought them. */
export function checkVariants(
  variants: readonly VariantRow[],
  field: string,
  isWeighed = true,
): UserErrorData<VariantCode>[] {
  const refuse = (code: VariantCode, message: string) => [{ code, message, field: ["input", field] }];
  const served = variants.filter(({ state }) => state !== "DROPPED");
  if (variants.length < minVariants || served.length === 0 || served.length > maxVariants) {
    return refuse(
      "VARIANTS_INVALID",
      `An experiment has ${minVariants} to ${maxVariants} variants, one that is served.`,
    );
  }
  for (const { key, name, payload, weight } of variants) {
    if (!isKey(key)) {
      return refuse("VARIANTS_INVALID", `“${key}” is no key: a letter, then letters, digits, _ and -, at most 64.`);
    }
    if (normalizeName(name) === null)
      return refuse("VARIANTS_INVALID", `The name of “${key}” has 1 to 200 characters.`);
    if (!isSmallJson(payload)) return refuse("VARIANTS_INVALID", `The payload of “${key}” has at most 16 kB.`);
    if (!(weight >= 0 && weight <= 1)) return refuse("WEIGHTS_INVALID", `The weight of “${key}” is 0 to 1.`);
  }
  if (new Set(variants.map(({ key }) => key)).size < variants.length) {
    return refuse("VARIANT_KEY_TAKEN", "Two variants have the same key.");
  }
  const active = variants.filter(({ state }) => state === "ACTIVE").map(({ weight }) => weight);
  if (isWeighed && active.length > 0 && checkWeights(active) !== null) {
    const sum = Number(active.reduce((total, weight) => total + weight, 0).toFixed(4));
    return refuse("WEIGHTS_INVALID", `The weights of the active variants are ${sum} together, not 1.`);
  }
  return [];
}
