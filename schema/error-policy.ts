import { registerEnumType } from "type-graphql";

export const ErrorPolicy = { ALL_OR_NOTHING: "ALL_OR_NOTHING", SKIP_FAILED: "SKIP_FAILED" } as const;
export type ErrorPolicy = keyof typeof ErrorPolicy;
registerEnumType(ErrorPolicy, {
  name: "ErrorPolicy",
  description: "What happens to the good part of a bulk change when another part is refused.",
  valuesConfig: {
    ALL_OR_NOTHING: { description: "Nothing is written unless all of it is good; then all of it in one transaction." },
    SKIP_FAILED: { description: "What is good is written, in parts, as it arrives; what is refused is reported." },
  },
});
