import { expect, it } from "@jest/globals";
import { buildSchema, parse, validate } from "graphql";
import { idempotencyRule } from "./idempotency-rule.ts";

const schema = buildSchema(`
  directive @idempotent(key: String!) on FIELD
  type Query { node: Node }
  type Node { node: Node }
  type Mutation { change: Node  signOut: Node }
`);

const refusals = (text: string) => validate(schema, parse(text), [idempotencyRule]).map(({ message }) => message);
const misplaced = "@idempotent belongs on a mutation's own field: nothing else has an effect to repeat.";

it("takes @idempotent on a mutation's own field, also in a fragment", () => {
  expect(refusals(`mutation { change @idempotent(key: "1") { node { node } } }`)).toEqual([]);
  expect(refusals(`mutation { ...a } fragment a on Mutation { change @idempotent(key: "1") { node } }`)).toEqual([]);
});

it("refuses @idempotent where it would have no effect", () => {
  expect(refusals(`{ node @idempotent(key: "1") { node } }`)).toEqual([misplaced]);
  expect(refusals(`mutation { change { node @idempotent(key: "1") } }`)).toEqual([misplaced]);
  expect(refusals(`mutation { signOut @idempotent(key: "1") { node } }`)).toEqual([
    expect.stringMatching(/^@idempotent has no effect on signOut: it ends the credential/),
  ]);
});
