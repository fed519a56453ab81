import DataLoader from "dataloader";
import type { ConnectionArgs, Page } from "../../schema/connection.ts";
import type {
  CreditAccount,
  CreditEntry,
  CreditHold,
  CreditLot,
  CreditStatement,
} from "../../schema/credit-account.ts";
import type { CreditEntriesArgs } from "../../schema/credit-inputs.ts";
import type { Node } from "../../schema/node.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import { AppError } from "../operations/app-error.ts";
import { childLoader } from "../operations/child-loader.ts";
import { isAllowed } from "../operations/authorize.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toUuid } from "../operations/ids.ts";
import { readPageRequest } from "../operations/paginate.ts";
import type { KnownPrincipal } from "../operations/principal.ts";
import type { PeopleService } from "../people/people.service.ts";
import { entryList, type EntryRange, holdList, lotList } from "./credit-lists.ts";
import { toAccount, toEntry, toHold, toLot } from "./credit-row.ts";
import { balanceAt, findAccounts, findEntries, findHolds, findLots, readStatement } from "./credit-store.ts";

export interface CreditsOptions {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly people: PeopleService;
}

/** Reads accounts: the team's are all of them, a client's is his own. */
export class CreditsService {
  readonly #options: CreditsOptions;

  constructor(options: CreditsOptions) {
    this.#options = options;
  }

  async creditAccount(context: Context, clientId: string): Promise<CreditAccount | null> {
    authorizedScope(context, "credits:read");
    const uuid = toUuid("Client", clientId);
    return uuid === null ? null : this.accountOf(context, uuid);
  }

  /** Below a client, whom others may see as well: without the right there is nothing. */
  async accountOfClient(context: Context, clientUuid: string): Promise<CreditAccount | null> {
    return isAllowed(context.principal, "credits:read") ? this.accountOf(context, clientUuid) : null;
  }

  /** For all clients of a page with one statement. */
  accountOf(context: Context, clientUuid: string): Promise<CreditAccount | null> {
    return context.loaders.get(this.#accounts, context).load(clientUuid);
  }

  balanceAt(context: Context, { uuid }: CreditAccount, at: Date): Promise<bigint> {
    return this.#read(context, (session) => balanceAt(session, uuid, at));
  }

  statement(context: Context, { uuid }: CreditAccount, range: { from: Date; to: Date }): Promise<CreditStatement> {
    if (range.to <= range.from) {
      throw new AppError("BAD_USER_INPUT", "A statement ends after it begins.", { reason: "VARIABLES" });
    }
    return this.#read(context, (session) => readStatement(session, uuid, range));
  }

  lots(context: Context, { uuid }: CreditAccount, args: ConnectionArgs): Promise<Page<CreditLot>> {
    readPageRequest(args);
    return context.loaders.get(this.#lots, context).load({ parentId: uuid, args });
  }

  holds(context: Context, { uuid }: CreditAccount, args: ConnectionArgs): Promise<Page<CreditHold>> {
    readPageRequest(args);
    return context.loaders.get(this.#holds, context).load({ parentId: uuid, args });
  }

  entries(context: Context, { uuid }: CreditAccount, args: CreditEntriesArgs): Promise<Page<CreditEntry>> {
    readPageRequest(args);
    return context.loaders.get(this.#entries, context)(args).load({ parentId: uuid, args });
  }

  async accountsByIds(context: Context, ids: readonly string[]): Promise<Map<string, CreditAccount>> {
    const { principal } = authorizedScope(context, "credits:read");
    return this.#read(context, async (session) => {
      const visible = await this.#visible(session, principal, ids);
      const rows = visible.length === 0 ? [] : await findAccounts(session, visible, context.now);
      return new Map(rows.map((row) => [row.id, toAccount(row)]));
    });
  }

  lotsByIds(context: Context, ids: readonly string[]): Promise<Map<string, CreditLot>> {
    return this.#parts(context, (session) => findLots(session, ids), toLot);
  }

  holdsByIds(context: Context, ids: readonly string[]): Promise<Map<string, CreditHold>> {
    return this.#parts(context, (session) => findHolds(session, ids), toHold);
  }

  entriesByIds(context: Context, ids: readonly string[]): Promise<Map<string, CreditEntry>> {
    const isTeam = isOfTeam(authorizedScope(context, "credits:read").principal);
    return this.#parts(
      context,
      (session) => findEntries(session, ids),
      (row) => toEntry(row, isTeam),
    );
  }

  readonly #accounts = (context: Context) =>
    new DataLoader<string, CreditAccount | null>(async (ids) => {
      const found = await this.accountsByIds(context, ids);
      return ids.map((id) => found.get(id) ?? null);
    });

  readonly #lots = (context: Context) => childLoader(this.#below(context), lotList);
  readonly #holds = (context: Context) => childLoader(this.#below(context), holdList);

  /** A loader for each range that is asked for. */
  readonly #entries = (context: Context) => {
    const isTeam = isOfTeam(authorizedScope(context, "credits:read").principal);
    const create = (range: EntryRange) => childLoader(this.#below(context), entryList(range, isTeam));
    const loaders = new Map<string, ReturnType<typeof create>>();
    return ({ from, to }: CreditEntriesArgs) => {
      const range = JSON.stringify([from ?? null, to ?? null]);
      const loader = loaders.get(range) ?? create({ from, to });
      loaders.set(range, loader);
      return loader;
    };
  };

  #below(context: Context) {
    const { database, cursors } = this.#options;
    return { database, cursors, tenantId: authorizedScope(context, "credits:read").tenantId };
  }

  #read<T>(context: Context, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#options.database.read(authorizedScope(context, "credits:read").tenantId, work);
  }

  /** What belongs to accounts that the caller sees. */
  #parts<Row extends { readonly id: string; readonly account_id: string }, Item extends Node>(
    context: Context,
    find: (session: Session) => Promise<Row[]>,
    toItem: (row: Row) => Item,
  ): Promise<Map<string, Item>> {
    const { principal } = authorizedScope(context, "credits:read");
    return this.#read(context, async (session) => {
      const rows = await find(session);
      const accounts = rows.map(({ account_id }) => account_id);
      const visible = new Set(await this.#visible(session, principal, accounts));
      return new Map(rows.filter((row) => visible.has(row.account_id)).map((row) => [row.id, toItem(row)]));
    });
  }

  /** The clients among these that there are and that the caller sees. */
  async #visible(session: Session, principal: KnownPrincipal, ids: readonly string[]): Promise<string[]> {
    const { people } = this.#options;
    if (ids.length === 0) return [];
    const [own, clients] = await Promise.all([
      people.visibleClientIds(session, principal),
      people.clients(session, ids),
    ]);
    return clients.map(({ id }) => id).filter((id) => own === null || own.includes(id));
  }
}

function isOfTeam(principal: KnownPrincipal): boolean {
  return principal.kind === "API_KEY" || (principal.kind === "MEMBER" && principal.role !== "CLIENT");
}
