import type { ValidationRule } from "graphql";

/** What a document may not be, whoever sends it: see limits.ts. */
export const structuralRules: ValidationRule[] = [];
