import { DirectiveLocation, GraphQLDirective, GraphQLNonNull, GraphQLString } from "graphql";
import { AppError } from "./app-error.ts";

/** Visible ASCII, as every header can carry it. */
const acceptable = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

/** The key of one root field; the only way to give several fields keys that don't depend on each other. */
export const idempotentDirective = new GraphQLDirective({
  name: "idempotent",
  description:
    "On a field of the mutation type: it is done once for this key, however often it is sent. Wins over the header `Idempotency-Key`.",
  locations: [DirectiveLocation.FIELD],
  args: {
    key: {
      type: new GraphQLNonNull(GraphQLString),
      description: "Chosen by the caller, 1 to 255 visible ASCII characters; a random UUID is a good one.",
    },
  },
});

/** The key that a request carries: the header, or `idempotencyKey` in the `extensions` of its body or message. */
export function requestKey(
  header: string | undefined,
  extensions: Readonly<Record<string, unknown>>,
): string | undefined {
  const key = header ?? extensions["idempotencyKey"];
  return key == null ? undefined : checkKey(unquoted(key), "REQUEST");
}

export function checkKey(key: unknown, reason: "REQUEST" | "VARIABLES"): string {
  if (typeof key === "string" && acceptable.test(key)) return key;
  const message = "An idempotency key has 1 to 255 visible ASCII characters.";
  throw new AppError("BAD_USER_INPUT", message, { reason });
}

/** draft-ietf-httpapi-idempotency-key-header writes the header as a structured field: in quotes. */
function unquoted(key: unknown): unknown {
  return typeof key === "string" ? (/^"(.*)"$/.exec(key)?.[1] ?? key) : key;
}
