import { GraphQLError } from "graphql";

/** What was thrown, one by one: a document can have several errors. */
export function thrownErrors(thrown: unknown): readonly unknown[] {
  return thrown instanceof AggregateError ? (thrown.errors as unknown[]) : [thrown];
}

/** The same as graphql-js and graphql-ws want it; publicError finds the original in it. */
export function toGraphQLErrors(thrown: unknown): GraphQLError[] {
  return thrownErrors(thrown).map((error) =>
    error instanceof GraphQLError
      ? error
      : new GraphQLError("masked", { originalError: error instanceof Error ? error : new Error(String(error)) }),
  );
}
