import type { CreditSettings } from "../../schema/credit-adjustment.ts";
import type { UpdateCreditSettingsInput } from "../../schema/credit-inputs.ts";
import type { UpdateCreditSettingsPayload } from "../../schema/credit-payloads.ts";
import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { maxAmount } from "./credit-amount.ts";
import { type CreditRules, loadCreditRules, saveCreditRules } from "./credit-settings.ts";

export interface CreditSettingsOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
}

type Code = UpdateCreditSettingsPayload["userErrors"][number]["code"];

const maxMonths = 120;

/** The tenant's rules for credits. Who may change them could lift the limit that others watch him by, so it is the owner. */
export class CreditSettingsService {
  readonly #options: CreditSettingsOptions;

  constructor(options: CreditSettingsOptions) {
    this.#options = options;
  }

  async creditSettings(context: Context): Promise<CreditSettings> {
    const { tenantId } = authorizedScope(context, "credits:adjust");
    return toSettings(await this.#options.database.read(tenantId, loadCreditRules));
  }

  async updateCreditSettings(context: Context, input: UpdateCreditSettingsInput): Promise<UpdateCreditSettingsPayload> {
    const scope = authorizedScope(context, "creditrules:manage");
    const { journal, cursors } = this.#options;
    const refuse = (code: Code, message: string, field: string, settings: CreditSettings | null = null) => ({
      settings,
      userErrors: [{ code, message, field: ["input", field] }],
    });
    const { result, position } = await journal.mutate(scope, async (tx) => {
      const before = await loadCreditRules(tx, { isLocked: true });
      if (input.expectedVersion != null && input.expectedVersion !== before.version) {
        return refuse("CONFLICT", "The settings have been changed meanwhile.", "expectedVersion", toSettings(before));
      }
      const after = {
        ...before,
        approvalOver: input.approvalOver ?? before.approvalOver,
        expiresAfterMonths: input.expiresAfterMonths ?? before.expiresAfterMonths,
      };
      if (after.approvalOver < 0n || after.approvalOver > maxAmount) {
        return refuse("LIMIT_INVALID", `The limit is 0 to ${maxAmount} credits.`, "approvalOver");
      }
      if (after.expiresAfterMonths < 1 || after.expiresAfterMonths > maxMonths) {
        return refuse("MONTHS_INVALID", `Credits expire after 1 to ${maxMonths} months.`, "expiresAfterMonths");
      }
      const saved = { ...after, version: before.version + 1 };
      await saveCreditRules(tx, saved);
      tx.record({
        type: "credits.rules_changed",
        subjectType: "Tenant",
        subjectId: scope.tenantId,
        data: {
          before: { approvalOver: Number(before.approvalOver), expiresAfterMonths: before.expiresAfterMonths },
          after: { approvalOver: Number(saved.approvalOver), expiresAfterMonths: saved.expiresAfterMonths },
        },
      });
      return { settings: toSettings(saved), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }
}

function toSettings({ approvalOver, expiresAfterMonths, version }: CreditRules): CreditSettings {
  return { approvalOver, expiresAfterMonths, version };
}
