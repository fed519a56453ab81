import "reflect-metadata";
import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { Role } from "../../schema/member.ts";
import { buildNexoraSchema } from "../schema.ts";
import { type Action, actionNames, ruleOf, scopes } from "./actions.ts";
import { authorize, isAllowed } from "./authorize.ts";
import type { Principal } from "./principal.ts";

const roles = Object.keys(Role) as Role[];

/** Who may do what, written down a second time: a change of the table is a decision that shows here. */
const expected: Record<Action, string> = {
  "auth:sign-in": "OWNER ADMIN ASSISTANT COACH CLIENT LEARNER",
  "auth:sign-out": "OWNER ADMIN ASSISTANT COACH CLIENT LEARNER",
  "viewer:read": "OWNER ADMIN ASSISTANT COACH CLIENT LEARNER",
  "limits:read": "OWNER ADMIN ASSISTANT COACH CLIENT LEARNER",
  "tenant:update": "OWNER ADMIN",
  "member:read": "OWNER ADMIN ASSISTANT",
  "member:manage": "OWNER ADMIN",
  "key:read": "OWNER ADMIN",
  "key:manage": "OWNER ADMIN",
  "document:read": "OWNER ADMIN",
  "document:write": "OWNER ADMIN",
  "lead:capture": "OWNER ADMIN ASSISTANT",
  "lead:read": "OWNER ADMIN ASSISTANT",
  "lead:write": "OWNER ADMIN ASSISTANT",
  "event:collect": "OWNER ADMIN ASSISTANT",
  "experiment:read": "OWNER ADMIN ASSISTANT",
  "experiment:write": "OWNER ADMIN",
  "experiment:assign": "OWNER ADMIN ASSISTANT COACH CLIENT LEARNER",
  "lead:delete": "OWNER ADMIN",
  "lead:import": "OWNER ADMIN ASSISTANT",
  "lead:export": "OWNER ADMIN",
  "link:read": "OWNER ADMIN ASSISTANT",
  "link:write": "OWNER ADMIN ASSISTANT",
  "mail:read": "OWNER ADMIN",
  "mail:manage": "OWNER ADMIN",
  "job:read": "OWNER ADMIN",
  "job:manage": "OWNER ADMIN",
  "bulk:read": "OWNER ADMIN ASSISTANT",
  "bulk:export": "OWNER ADMIN",
  "bulk:import": "OWNER ADMIN ASSISTANT",
  "journal:read": "OWNER ADMIN",
  "journal:sign": "OWNER ADMIN",
  "journal:keys": "OWNER ADMIN ASSISTANT COACH CLIENT LEARNER",
  "people:enroll": "OWNER ADMIN ASSISTANT",
  "client:read": "OWNER ADMIN ASSISTANT CLIENT",
  "client:create": "OWNER ADMIN ASSISTANT",
  "client:write": "OWNER ADMIN ASSISTANT CLIENT",
  "learner:read": "OWNER ADMIN ASSISTANT COACH CLIENT LEARNER",
  "learner:write": "OWNER ADMIN ASSISTANT CLIENT LEARNER",
  "learner:link": "OWNER ADMIN ASSISTANT",
  "learner:note": "OWNER ADMIN ASSISTANT COACH",
  "coach:read": "OWNER ADMIN ASSISTANT COACH CLIENT LEARNER",
  "coach:write": "OWNER ADMIN ASSISTANT COACH",
  "coach:manage": "OWNER ADMIN ASSISTANT",
  "person:email": "OWNER ADMIN ASSISTANT COACH CLIENT LEARNER",
  "person:erase": "OWNER ADMIN",
  "calendar:read": "OWNER ADMIN ASSISTANT COACH CLIENT LEARNER",
  "calendar:write": "OWNER ADMIN ASSISTANT",
  "availability:read": "OWNER ADMIN ASSISTANT COACH",
  "availability:write": "OWNER ADMIN ASSISTANT COACH",
  "session:read": "OWNER ADMIN ASSISTANT COACH CLIENT LEARNER",
  "session:book": "OWNER ADMIN ASSISTANT CLIENT LEARNER",
  "session:change": "OWNER ADMIN ASSISTANT COACH CLIENT LEARNER",
  "session:feed": "OWNER ADMIN ASSISTANT COACH CLIENT LEARNER",
  "session:manage": "OWNER ADMIN ASSISTANT COACH",
  "session:reverse": "OWNER ADMIN ASSISTANT",
  "credits:read": "OWNER ADMIN ASSISTANT CLIENT",
  "credits:grant": "OWNER ADMIN",
  "credits:adjust": "OWNER ADMIN ASSISTANT",
  "credits:manage": "OWNER ADMIN",
  "creditrules:manage": "OWNER",
  "catalogue:read": "OWNER ADMIN ASSISTANT COACH CLIENT LEARNER",
  "catalogue:write": "OWNER ADMIN",
  "billing:read": "OWNER ADMIN ASSISTANT CLIENT",
  "billing:buy": "OWNER ADMIN ASSISTANT CLIENT",
  "payment:confirm": "OWNER ADMIN ASSISTANT",
  "payment:refund": "OWNER ADMIN",
  "billing:manage": "OWNER",
  "webhook:read": "OWNER ADMIN",
  "webhook:manage": "OWNER ADMIN",
};

const ids = {
  tenantId: "019a0000-0000-7000-8000-000000000001",
  keyId: "019a0000-0000-7000-8000-000000000002",
  expiresAt: null,
};
const member = (role: Role): Principal => ({
  kind: "MEMBER",
  tenantId: ids.tenantId,
  memberId: ids.keyId,
  role,
  authSessionId: ids.keyId,
  expiresAt: new Date(),
});
const secretKey = (held: readonly string[]): Principal => ({ kind: "API_KEY", ...ids, scopes: held });
const publishableKey: Principal = { kind: "PUBLISHABLE_KEY", ...ids };
const anonymous: Principal = { kind: "ANONYMOUS" };

test.each(actionNames.flatMap((action) => roles.map((role) => ({ action, role }))))(
  "$role and $action",
  ({ action, role }) => {
    const isExpected = expected[action].split(" ").includes(role);
    expect(isAllowed(member(role), action)).toBe(isExpected);
    if (isExpected) expect(authorize(member(role), action)).toMatchObject({ role });
    else if (ruleOf(action).isPublic !== true) {
      expect(() => authorize(member(role), action)).toThrow(
        expect.objectContaining({ code: "FORBIDDEN", reason: "SCOPE" }),
      );
    }
  },
);

test.each(actionNames)("keys and %s", (action) => {
  const { isPublic = false, isPublishable = false, isForMembersOnly = false } = ruleOf(action);
  expect(isAllowed(secretKey([action]), action)).toBe(isPublic || !isForMembersOnly);
  expect(isAllowed(secretKey(scopes.filter((scope) => scope !== action)), action)).toBe(isPublic);
  expect(isAllowed(publishableKey, action)).toBe(isPublic || isPublishable);
  expect(isAllowed(anonymous, action)).toBe(isPublic);
});

test("docs/security.md shows the table as it is", async () => {
  const documentation = await readFile("docs/security.md", "utf8");
  const rows = documentation
    .split("\n")
    .filter((line) => line.startsWith("| `") && line.includes(":"))
    .map((line) =>
      line
        .split("|")
        .map((cell) => cell.trim())
        .slice(1, -1),
    );
  const yes = (is: boolean) => (is ? "yes" : "–");
  const table = actionNames.map((action) => {
    const { isPublic = false, isPublishable = false } = ruleOf(action);
    const forKeys = isPublic ? ["public", "public"] : [scopes.includes(action) ? "by scope" : "–", yes(isPublishable)];
    return [
      `\`${action}\``,
      ...roles.map((role) => yes(isAllowed(member(role), action) && ruleOf(action).roles.includes(role))),
      ...forKeys,
    ];
  });
  expect(rows).toEqual(table);
});

test("publishable keys and strangers can do what visitors do, and nothing else", () => {
  expect(actionNames.filter((action) => isAllowed(publishableKey, action))).toEqual([
    "auth:sign-in",
    "limits:read",
    "lead:capture",
    "event:collect",
    "people:enroll",
    "coach:read",
    "calendar:read",
    "catalogue:read",
    "experiment:assign",
    "journal:keys",
  ]);
  expect(actionNames.filter((action) => isAllowed(anonymous, action))).toEqual([
    "auth:sign-in",
    "limits:read",
    "journal:keys",
  ]);
});

test("every root field names an action of the table, and says so", async () => {
  const schema = await buildNexoraSchema();
  const types = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const fields = types.flatMap((type) => Object.values(type?.getFields() ?? {}));
  expect(fields.length).toBeGreaterThan(20);
  for (const field of fields) {
    const action = field.extensions["action"];
    expect(actionNames).toContain(action);
    expect(field.description).toContain(`Scope: \`${String(action)}\`.`);
  }
});

test("every action is used by some root field", async () => {
  const schema = await buildNexoraSchema();
  const types = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const used = new Set(
    types.flatMap((type) => Object.values(type?.getFields() ?? {}).map(({ extensions }) => extensions["action"])),
  );
  // Import and export are routes and fields of their own, and so is what visitors send.
  const elsewhere: Action[] = ["lead:import", "lead:export", "lead:write", "lead:delete", "event:collect"];
  expect(actionNames.filter((action) => !used.has(action) && !elsewhere.includes(action))).toEqual([]);
});
