import { StartupError } from "../startup-error.ts";
import type { Database } from "./database.ts";

/** Refuses to serve as a role that row-level security doesn't bind: one missing condition would show all tenants' rows. */
export async function verifyRole(database: Database): Promise<void> {
  const [role] = await database.global((session) =>
    session.query<{ name: string; is_unbound: boolean }>({
      text: `SELECT current_user AS name, rolsuper OR rolbypassrls OR pg_has_role(current_user, relowner, 'USAGE') AS is_unbound
             FROM pg_roles, pg_class
             WHERE rolname = current_user AND pg_class.oid = 'public.lead'::regclass`,
    }),
  );
  if (role?.is_unbound !== false) {
    throw new StartupError(
      `the database role ${role?.name ?? ""} can bypass row-level security: set DATABASE_APP_URL to a login of its own for the server`,
    );
  }
}
