import { expect, test } from "@jest/globals";
import { join, signUp, startIdentity } from "../../test/identity.ts";
import { NodeRegistry } from "./node-registry.ts";

test("finds objects in the order of their ids; what the viewer may not see is null", async () => {
  await using identity = await startIdentity();
  const registry = new NodeRegistry();
  registry.register(...identity.nodeSources);
  const { owner, tenantId } = await signUp(identity);
  const { owner: foreigner, tenantId: foreignTenantId } = await signUp(identity);
  const { id, member } = await join(identity, owner, "COACH");
  const { key } = await identity.keys.createApiKey(owner, { name: "test", scopes: ["lead:read"] });
  const { invitation } = await identity.invitations.inviteMember(owner, { email: "x@example.com", role: "COACH" });
  const all = [tenantId, id, key?.id ?? "", invitation?.id ?? ""];
  const types = (nodes: readonly (object | null)[]) =>
    nodes.map((node) => (node === null ? null : Reflect.get(node, "__typename")));

  expect(types(await registry.nodes(owner, [...all, id]))).toEqual([
    "Tenant",
    "Member",
    "ApiKey",
    "Invitation",
    "Member",
  ]);
  expect(types(await registry.nodes(foreigner, all))).toEqual([null, null, null, null]);
  expect(types(await registry.nodes(member, all))).toEqual(["Tenant", null, null, null]);
  const wrong = [
    "",
    "nonsense",
    "lead_01h455vb4pex5vsknk084sn02q",
    "member_01h455vb4pex5vsknk084sn02q",
    foreignTenantId,
    id.toUpperCase(),
  ];
  expect(types(await registry.nodes(owner, wrong))).toEqual(wrong.map(() => null));
});

test("refuses more than a hundred ids", async () => {
  await using identity = await startIdentity();
  const { owner, tenantId } = await signUp(identity);
  const registry = new NodeRegistry();
  await expect(registry.nodes(owner, Array<string>(101).fill(tenantId))).rejects.toMatchObject({
    code: "BAD_USER_INPUT",
  });
  expect(await registry.nodes(owner, Array<string>(100).fill(tenantId))).toHaveLength(100);
});
