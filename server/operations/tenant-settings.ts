import type { Session } from "../db/session.ts";

/** What rules of many domains need to know of a tenant. */
export interface TenantSettings {
  /** ISO 3166-1 code. */
  readonly defaultCountry: string;
  /** IANA zone. */
  readonly timeZone: string;
  /** BCP 47 tag. */
  readonly locale: string;
}

export async function loadTenantSettings(session: Session): Promise<TenantSettings> {
  const [row] = await session.query<{ default_country: string; time_zone: string; locale: string }>({
    name: "tenant-settings",
    text: "SELECT default_country, time_zone, locale FROM tenant WHERE id = $1",
    values: [session.tenantId],
  });
  if (row === undefined) throw new Error("the tenant doesn't exist");
  return { defaultCountry: row.default_country, timeZone: row.time_zone, locale: row.locale };
}
