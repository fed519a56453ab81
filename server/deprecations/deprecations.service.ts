import type { ConnectionArgs, Page } from "../../schema/connection.ts";
import type { DeprecatedFieldUsage } from "../../schema/deprecated-field-usage.ts";
import type { Database } from "../db/database.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import type { DeprecatedMember } from "../operations/deprecations.ts";
import { toId } from "../operations/ids.ts";
import { paginate } from "../operations/paginate.ts";
import { type UsageColumns, usageList } from "./usage-list.ts";

export interface DeprecationsOptions {
  readonly database: Database;
  readonly cursors: CursorCodec;
  /** What the schema says of a coordinate now. */
  readonly memberAt: (coordinate: string) => DeprecatedMember | undefined;
}

/** Tells a tenant which of its keys have to change before something is removed. */
export class DeprecationsService {
  readonly #options: DeprecationsOptions;

  constructor(options: DeprecationsOptions) {
    this.#options = options;
  }

  async usage(context: Context, page: ConnectionArgs): Promise<Page<DeprecatedFieldUsage>> {
    const { tenantId } = authorizedScope(context, "key:read");
    const { database, cursors } = this.#options;
    const list = usageList(tenantId, (row) => this.#toUsage(row));
    return database.read(tenantId, (session) => paginate(session, cursors, list, page));
  }

  async byIds(context: Context, ids: readonly string[]): Promise<ReadonlyMap<string, DeprecatedFieldUsage>> {
    const { tenantId } = authorizedScope(context, "key:read");
    const rows = await this.#options.database.read(tenantId, ({ prisma }) =>
      prisma.deprecatedFieldUsage.findMany({ where: { tenantId, id: { in: [...ids] } } }),
    );
    return new Map(rows.map((row) => [row.id, this.#toUsage(row)]));
  }

  #toUsage({ id, keyId, coordinate, ...counts }: UsageColumns): DeprecatedFieldUsage {
    const { operations, firstUsedAt, lastUsedAt } = counts;
    const { reason = null, removal = null } = this.#options.memberAt(coordinate) ?? {};
    return {
      __typename: "DeprecatedFieldUsage",
      id: toId("DeprecatedFieldUsage", id),
      keyId: toId("ApiKey", keyId),
      coordinate,
      reason,
      removal,
      operations,
      firstUsedAt,
      lastUsedAt,
    };
  }
}
