import { randomBytes } from "node:crypto";
import { insertKey } from "../auth/keys.service.ts";
import { PasswordService } from "../auth/passwords.service.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import type { JournalService } from "../journal/journal.service.ts";
import { scopes } from "../operations/actions.ts";
import { toId } from "../operations/ids.ts";
import { newUuid } from "../operations/uuid.ts";
import { insertTenant, type NewTenant } from "./tenant-creation.ts";

export interface FirstCredentials {
  /** The public id. */
  readonly tenantId: string;
  readonly ownerEmail: string;
  readonly ownerPassword: string;
  readonly secretKey: string;
  readonly publishableKey: string;
}

export interface BootstrapOptions {
  readonly database: Database;
  readonly journal: JournalService;
  /** Called before the commit, so that credentials are kept somewhere before they are the only way in. */
  readonly keep?: (credentials: FirstCredentials) => Promise<void>;
}

/** Harmless defaults; the owner changes them with updateTenant. */
const firstTenant: NewTenant = {
  name: "My tenant",
  defaultCountry: "US",
  timeZone: "UTC",
  locale: "en",
  currency: "USD",
  // It is the operator's own: the limits that protect an installation from strangers would only be in his way.
  plan: "own",
};
const ownerEmail = "owner@nexora.local";

/**
 * Makes the first tenant, its owner and its keys when the database has no tenant at all, in one transaction. Of several
 * processes that start at once one makes them, and the others wait for it. Undefined when there was nothing to do.
 */
export async function bootstrap({ database, journal, keep }: BootstrapOptions): Promise<FirstCredentials | undefined> {
  if (await database.global(hasTenants)) return undefined;
  const tenantId = newUuid();
  const memberId = newUuid();
  const ownerPassword = randomBytes(18).toString("base64url");
  const passwordHash = await new PasswordService().hash(ownerPassword);
  const scope = { tenantId, actor: { type: "SYSTEM" } as const, requestId: "bootstrap" };
  const { result } = await journal.transaction(scope, async (transaction) => {
    await transaction.query({ text: "SELECT pg_advisory_xact_lock(hashtext('nexora.bootstrap'))" });
    if (await hasTenants(transaction)) return undefined;
    await insertTenant(transaction, firstTenant, { memberId, email: ownerEmail, name: "Owner", passwordHash });
    const common = { expiresAt: null, allowedOrigins: [], documentMode: "OPEN" } as const;
    const secretKey = { ...common, kind: "SECRET", name: "First secret key", scopes } as const;
    const publishableKey = { ...common, kind: "PUBLISHABLE", name: "First publishable key", scopes: [] } as const;
    const secret = await insertKey(transaction, secretKey, memberId);
    const publishable = await insertKey(transaction, publishableKey, memberId);
    const credentials: FirstCredentials = {
      tenantId: toId("Tenant", tenantId),
      ownerEmail,
      ownerPassword,
      secretKey: secret.text,
      publishableKey: publishable.text,
    };
    await keep?.(credentials);
    return credentials;
  });
  return result;
}

async function hasTenants(session: Session): Promise<boolean> {
  const [row] = await session.query<{ exists: boolean }>({ text: "SELECT nexora_has_tenants() AS exists" });
  return row?.exists === true;
}
