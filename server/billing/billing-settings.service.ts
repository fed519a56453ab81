import type { BillingSettings, UpdateBillingSettingsInput } from "../../schema/billing-settings.ts";
import type { UpdateBillingSettingsPayload } from "../../schema/payment-payloads.ts";
import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { isCurrency, toMoney } from "../operations/currency.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { readBankDetails } from "./bank-details.ts";
import { type BillingRules, loadBillingRules, saveBillingRules } from "./billing-rules.ts";

export interface BillingSettingsOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
}

type Code = UpdateBillingSettingsPayload["userErrors"][number]["code"];

/** How the tenant is paid. */
export class BillingSettingsService {
  readonly #options: BillingSettingsOptions;

  constructor(options: BillingSettingsOptions) {
    this.#options = options;
  }

  async billingSettings(context: Context): Promise<BillingSettings> {
    const { tenantId } = authorizedScope(context, "payment:confirm");
    return toSettings(await this.#options.database.read(tenantId, (session) => loadBillingRules(session)));
  }

  async updateBillingSettings(
    context: Context,
    input: UpdateBillingSettingsInput,
  ): Promise<UpdateBillingSettingsPayload> {
    const scope = authorizedScope(context, "billing:manage");
    const { journal, cursors } = this.#options;
    const { result, position } = await journal.mutate(scope, async (tx) => {
      const before = await loadBillingRules(tx, { isLocked: true });
      const refuse = (code: Code, message: string, ...field: string[]) => ({
        settings: toSettings(before),
        userErrors: [{ code, message, field: ["input", ...field] }],
      });
      if (input.expectedVersion != null && input.expectedVersion !== before.version) {
        return refuse("CONFLICT", `The settings have version ${before.version}.`, "expectedVersion");
      }
      const bankDetails = input.bankDetails == null ? before.bankDetails : readBankDetails(input.bankDetails);
      if (bankDetails !== null && "mistake" in bankDetails) {
        return refuse("BANK_DETAILS_INVALID", bankDetails.mistake, "bankDetails", bankDetails.field);
      }
      const limits = input.approvalOver ?? null;
      const approvalOver =
        limits === null
          ? before.approvalOver
          : new Map(limits.map(({ amountMinor, currency }) => [currency, amountMinor] as const));
      const after: BillingRules = {
        ...before,
        referencePrefix: input.referencePrefix ?? before.referencePrefix,
        transferDays: input.transferDays ?? before.transferDays,
        invoiceLeadDays: input.invoiceLeadDays ?? before.invoiceLeadDays,
        graceDays: input.graceDays ?? before.graceDays,
        approvalOver,
        bankDetails,
        version: before.version + 1,
      };
      if (!/^[A-Z0-9]{1,6}$/.test(after.referencePrefix)) {
        return refuse("PREFIX_INVALID", "A prefix has 1 to 6 capital letters and digits.", "referencePrefix");
      }
      if (!isWithin(after.transferDays, 1, 365)) return refuse("DAYS_INVALID", "Give 1 to 365 days.", "transferDays");
      if (!isWithin(after.invoiceLeadDays, 0, 25))
        return refuse("DAYS_INVALID", "Give 0 to 25 days.", "invoiceLeadDays");
      if (!isWithin(after.graceDays, 0, 365)) return refuse("DAYS_INVALID", "Give 0 to 365 days.", "graceDays");
      if (
        limits !== null &&
        (limits.length !== approvalOver.size ||
          limits.some((limit) => limit.amountMinor < 0n || !isCurrency(limit.currency)))
      ) {
        return refuse("LIMIT_INVALID", "Give one limit of 0 or more for each currency of ISO 4217.", "approvalOver");
      }
      await saveBillingRules(tx, after);
      const changed = {
        referencePrefix: after.referencePrefix,
        hasBankDetails: bankDetails !== null,
        version: after.version,
      };
      tx.record({ type: "billing.settings_changed", subjectType: "Tenant", subjectId: tx.tenantId, data: changed });
      return { settings: toSettings(after), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }
}

function isWithin(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

function toSettings(rules: BillingRules): BillingSettings {
  const { referencePrefix, transferDays, invoiceLeadDays, graceDays, bankDetails, version } = rules;
  const approvalOver = Array.from(rules.approvalOver, ([currency, over]) => toMoney(over, currency));
  return { referencePrefix, transferDays, invoiceLeadDays, graceDays, approvalOver, bankDetails, version };
}
