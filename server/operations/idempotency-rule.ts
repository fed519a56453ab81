import { type ASTVisitor, GraphQLError, type ValidationContext } from "graphql";
import { unkeyedMutations } from "./unkeyed-mutations.ts";

/** Refuses `@idempotent` where it would have no effect: who writes it counts on it. */
export function idempotencyRule(context: ValidationContext): ASTVisitor {
  return {
    Directive(directive) {
      if (directive.name.value !== "idempotent") return;
      const field = context.getFieldDef()?.name;
      const mutation = context.getSchema().getMutationType();
      if (field === undefined || mutation == null || context.getParentType() !== mutation) {
        context.reportError(
          new GraphQLError("@idempotent belongs on a mutation's own field: nothing else has an effect to repeat.", {
            nodes: directive,
          }),
        );
        return;
      }
      const reason = unkeyedMutations[field];
      if (reason === undefined) return;
      context.reportError(new GraphQLError(`@idempotent has no effect on ${field}: ${reason}.`, { nodes: directive }));
    },
  };
}
