import type { UserErrorData } from "../../schema/errors.ts";
import type { ChangeVariantsInput } from "../../schema/experiment-inputs.ts";
import type { ExperimentRow, VariantRow } from "./experiment-row.ts";
import { checkVariants, type VariantCode } from "./variant-rules.ts";

type Code = VariantCode | "VARIANT_NOT_FOUND" | "VARIANT_IN_USE";

export interface VariantChanges extends Pick<ChangeVariantsInput, "change" | "remove"> {
  readonly add: readonly VariantRow[];
}

/** The variants as they would be: in their order, new ones last; nobody is shared out anew by that. */
export function changeVariants(
  { variants, status }: Pick<ExperimentRow, "variants" | "status">,
  { add, change, remove }: VariantChanges,
): { readonly variants: VariantRow[] } | { readonly userErrors: UserErrorData<Code>[] } {
  const refuse = (code: Code, message: string, field: string) => ({
    userErrors: [{ code, message, field: ["input", field] }],
  });
  for (const key of remove) {
    if (!variants.some((variant) => variant.key === key)) return refuse("VARIANT_NOT_FOUND", noVariant(key), "remove");
    if (status !== "DRAFT") {
      return refuse("VARIANT_IN_USE", `Subjects may have “${key}”: drop it, and they get another one.`, "remove");
    }
  }
  const changes = new Map(change.map((each) => [each.key, each]));
  for (const key of changes.keys()) {
    const variant = variants.find((each) => each.key === key);
    if (variant === undefined || variant.state === "DROPPED" || remove.includes(key)) {
      return refuse("VARIANT_NOT_FOUND", noVariant(key), "change");
    }
  }
  const kept = variants
    .filter(({ key }) => !remove.includes(key))
    .map((variant): VariantRow => {
      const { name, payload, weight, state } = changes.get(variant.key) ?? {};
      return {
        key: variant.key,
        name: name ?? variant.name,
        payload: payload ?? variant.payload,
        weight: weight ?? variant.weight,
        state: state ?? variant.state,
      };
    });
  const after = [...kept, ...add];
  // Whoever only pauses or drops needs no sums: those that stay share what it had.
  const isWeighed = add.length > 0 || remove.length > 0 || change.some(({ weight }) => weight != null);
  const userErrors = checkVariants(after, add.length > 0 ? "add" : "change", isWeighed);
  return userErrors.length > 0 ? { userErrors } : { variants: after };
}

const noVariant = (key: string) => `There is no variant “${key}” that isn't dropped.`;
