import type { SignUpInput, UpdateTenantInput } from "../../schema/tenant-inputs.ts";
import type { SignUpPayload, UpdateTenantPayload } from "../../schema/tenant-payloads.ts";
import type { Tenant } from "../../schema/tenant.ts";
import type { Viewer } from "../../schema/viewer.ts";
import type { AuthSessionService, OpenedSession } from "../auth/auth-session.service.ts";
import type { KeyService } from "../auth/keys.service.ts";
import type { PasswordService } from "../auth/passwords.service.ts";
import type { SignInThrottle } from "../auth/throttle.service.ts";
import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import { actionNames } from "../operations/actions.ts";
import { isAllowed } from "../operations/authorize.ts";
import { authorizedScope, type Context, nameTenant, publicScope } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { normalizeEmail } from "../operations/email-address.ts";
import { toMember, toTenant } from "../operations/identity-objects.ts";
import { normalizeName } from "../operations/names.ts";
import { newUuid } from "../operations/uuid.ts";
import { lockTenant } from "./member-lock.ts";
import { insertTenant } from "./tenant-creation.ts";
import { readSettings, type SettingsInput } from "./tenant-settings-rule.ts";

export interface TenantOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly passwords: PasswordService;
  readonly authSessions: AuthSessionService;
  readonly keys: KeyService;
  readonly throttle: SignInThrottle;
}

/** Tenants, and who asks on behalf of them. */
export class TenantService {
  readonly #options: TenantOptions;

  constructor(options: TenantOptions) {
    this.#options = options;
  }

  async signUp(context: Context, input: SignUpInput): Promise<SignUpPayload> {
    const { authSessions, cursors, journal, passwords, throttle } = this.#options;
    // A repeated sign-up finds the tenant of the first one: nobody is known by whom it could be looked up.
    const tenantId = context.once?.derivedUuid ?? newUuid();
    nameTenant(context, tenantId);
    const { defaultCountry, timeZone, locale, currency } = input;
    const checked = checkSignUp(input, passwords);
    if ("userErrors" in checked) return { cursor: null, tokens: null, tenant: null, member: null, ...checked };
    await throttle.signUp(context.address, context.now);
    const memberId = newUuid();
    const { tenantName, name, email } = checked;
    const passwordHash = await passwords.hash(input.password);
    const scope = publicScope(context, tenantId, { type: "MEMBER", id: memberId });
    let opened: OpenedSession | undefined; // holds a secret, so no part of the result, which may be stored
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const settings = { defaultCountry, timeZone, locale, currency, ...checked.settings };
      const created = await insertTenant(
        transaction,
        { name: tenantName, ...settings },
        { memberId, email, name, passwordHash },
      );
      opened = await authSessions.open(transaction, memberId, context);
      return { tenant: toTenant(created.tenant), member: toMember(created.member), userErrors: [] };
    });
    const tokens = opened === undefined ? null : await authSessions.tokensOf(opened, context.now);
    return { cursor: cursorAfter(cursors, tenantId, position), tokens, ...result };
  }

  async updateTenant(context: Context, input: UpdateTenantInput): Promise<UpdateTenantPayload> {
    const scope = authorizedScope(context, "tenant:update");
    const { tenantId } = scope;
    const { settings, userErrors } = readSettings(withoutNulls(input));
    const name = input.name == null ? undefined : normalizeName(input.name);
    if (name === null) return refuseUpdate([{ ...nameError, field: ["input", "name"] }, ...userErrors]);
    if (userErrors.length > 0) return refuseUpdate(userErrors);
    const changes = { ...settings, ...(name === undefined ? {} : { name }) };
    const { result, position } = await this.#options.journal.mutate(scope, async (transaction) => {
      const { prisma } = transaction;
      await lockTenant(transaction);
      const before = await prisma.tenant.findUniqueOrThrow({ where: { id: tenantId } });
      if (input.expectedVersion != null && input.expectedVersion !== before.version) {
        return { tenant: toTenant(before), userErrors: [conflict] };
      }
      const changed = changedFields(before, changes);
      if (Object.keys(changed.after).length === 0) return { tenant: toTenant(before), userErrors: [] };
      const data = { ...changed.after, version: { increment: 1 } };
      const tenant = await prisma.tenant.update({ where: { id: tenantId }, data });
      transaction.record({ type: "tenant.updated", subjectType: "Tenant", subjectId: tenantId, data: changed });
      return { tenant: toTenant(tenant), userErrors: [] };
    });
    return { cursor: cursorAfter(this.#options.cursors, tenantId, position), ...result };
  }

  async viewer(context: Context): Promise<Viewer> {
    const { tenantId, principal } = authorizedScope(context, "viewer:read");
    const permissions = actionNames.filter((action) => isAllowed(principal, action));
    return this.#options.database.read(tenantId, async ({ prisma }) => {
      const tenant = toTenant(await prisma.tenant.findUniqueOrThrow({ where: { id: tenantId } }));
      if (principal.kind !== "MEMBER") {
        const key = await this.#options.keys.find(prisma, tenantId, principal.keyId);
        return { member: null, key, tenant, role: null, permissions };
      }
      const where = { tenantId_id: { tenantId, id: principal.memberId } };
      const member = toMember(await prisma.member.findUniqueOrThrow({ where }));
      return { member, key: null, tenant, role: principal.role, permissions };
    });
  }

  /** The caller's own tenant, if its id is asked for. */
  async byIds(context: Context, uuids: readonly string[]): Promise<ReadonlyMap<string, Tenant>> {
    const { tenantId } = authorizedScope(context, "viewer:read");
    if (!uuids.includes(tenantId)) return new Map();
    const row = await this.#options.database.read(tenantId, ({ prisma }) =>
      prisma.tenant.findUniqueOrThrow({ where: { id: tenantId } }),
    );
    return new Map([[tenantId, toTenant(row)]]);
  }
}

const nameError = {
  code: "NAME_INVALID" as const,
  message: "A name has 1 to 200 characters, none of them a control character.",
};

interface CheckedSignUp {
  readonly tenantName: string;
  readonly name: string;
  readonly email: string;
  readonly settings: Partial<SettingsInput>;
}

function checkSignUp(
  input: SignUpInput,
  passwords: PasswordService,
): CheckedSignUp | Pick<SignUpPayload, "userErrors"> {
  const tenantName = normalizeName(input.tenantName);
  const name = normalizeName(input.name);
  const email = normalizeEmail(input.email);
  const { settings, userErrors } = readSettings(input);
  const problem = passwords.problemOf(input.password, email ?? input.email);
  const errors: SignUpPayload["userErrors"] = [...userErrors];
  if (tenantName === null) errors.push({ ...nameError, code: "TENANT_NAME_INVALID", field: ["input", "tenantName"] });
  if (name === null) errors.push({ ...nameError, field: ["input", "name"] });
  if (email === null) {
    errors.push({ code: "EMAIL_INVALID", message: "This isn't an e-mail address.", field: ["input", "email"] });
  }
  if (problem !== null) errors.push({ code: "PASSWORD_WEAK", message: problem, field: ["input", "password"] });
  if (errors.length > 0 || tenantName === null || name === null || email === null) return { userErrors: errors };
  return { tenantName, name, email, settings };
}

function refuseUpdate(userErrors: UpdateTenantPayload["userErrors"]): UpdateTenantPayload {
  return { cursor: null, tenant: null, userErrors };
}

function withoutNulls({ defaultCountry, timeZone, locale, currency }: UpdateTenantInput): Partial<SettingsInput> {
  return Object.fromEntries(
    Object.entries({ defaultCountry, timeZone, locale, currency }).filter(([, value]) => value != null),
  );
}

/** The fields that really change, before and after. */
function changedFields(
  before: Readonly<Record<string, unknown>>,
  changes: Partial<SettingsInput & { name: string }>,
): { before: Record<string, unknown>; after: Partial<SettingsInput & { name: string }> } {
  const after = Object.fromEntries(Object.entries(changes).filter(([field, value]) => before[field] !== value));
  return { before: Object.fromEntries(Object.keys(after).map((field) => [field, before[field]])), after };
}

const conflict = {
  code: "CONFLICT",
  message: "Somebody else has changed the tenant meanwhile.",
  field: ["input", "expectedVersion"],
} as const;
