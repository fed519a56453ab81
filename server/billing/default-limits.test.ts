import { expect, it } from "@jest/globals";
import { createTestDatabase } from "../../test/database.ts";
import { insertTenant, openDatabase } from "../../test/tenant-rows.ts";
import { loadBillingRules, saveBillingRules } from "./billing-rules.ts";
import { decideTransfer } from "./transfer-decision.ts";

it("asks for a second person above an amount that nobody has set, until the owner decides otherwise", async () => {
  await using files = await createTestDatabase();
  await using database = openDatabase(files.appUrl);
  const tenantId = await insertTenant(database);
  const rules = () => database.read(tenantId, (session) => loadBillingRules(session));
  const confirmed = async (amountMinor: bigint, currency: string) => {
    const money = { amountMinor, currency };
    const { approvalOver } = await rules();
    return decideTransfer({ expected: money, receipts: [money], approvalOver: approvalOver.get(currency) ?? null });
  };
  const fresh = await rules();
  expect(await confirmed(3_000_000n, "TND")).toBe("CONFIRMED");
  expect(await confirmed(3_000_001n, "TND")).toBe("RECEIVED");
  expect(await confirmed(100_001n, "EUR")).toBe("RECEIVED");
  expect(await confirmed(100_001n, "JPY")).toBe("CONFIRMED"); // as the guide says
  await database.transaction(tenantId, (session) => saveBillingRules(session, { ...fresh, graceDays: 10, version: 1 }));
  expect(await confirmed(100_001n, "EUR")).toBe("RECEIVED");
  await database.transaction(tenantId, (session) => saveBillingRules(session, { ...fresh, approvalOver: new Map() }));
  expect(await confirmed(100_001n, "EUR")).toBe("CONFIRMED");
});
