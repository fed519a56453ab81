import { type GraphQLSchema, isObjectType } from "graphql";
import type { Page } from "../../schema/connection.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";

/** Runs work on a connection of the page's tenant. */
export type Reader = <Result>(work: (session: Session) => Promise<Result>) => Promise<Result>;

/** A page that knows how to count the list that it is of. */
export interface CountablePage<Item> extends Page<Item> {
  readonly tenantId: string;
  countRows(read: Reader): Promise<number>;
}

/** Gives `totalCount` of all connections its resolver: a list is counted when that field is selected, and not before. */
export function resolveTotalCounts(schema: GraphQLSchema, database: Database): void {
  for (const type of Object.values(schema.getTypeMap())) {
    const field = isObjectType(type) && type.name.endsWith("Connection") ? type.getFields()["totalCount"] : undefined;
    if (field !== undefined) field.resolve = (page: object) => countPage(page, database);
  }
}

export function countPage(page: object, database: Database): Promise<number> {
  if (!isCountable(page)) throw new Error("a connection isn't made of a page that can be counted");
  return page.countRows((work) => database.read(page.tenantId, work));
}

function isCountable(page: object): page is CountablePage<unknown> {
  return "countRows" in page && "tenantId" in page;
}
