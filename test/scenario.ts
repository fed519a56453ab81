import type { TestApp } from "./app.ts";

/** One change that can be made now: what a mutation is called with, and by whom. */
export interface Scenario {
  readonly input: Readonly<Record<string, unknown>>;
  /** Undefined: the owner. Null: nobody. */
  readonly credential?: null;
  /** The payload's object that goes on changing by itself: only its id is the same in a repeated answer. Or, by
   * another name, what the payload doesn't show: a mail that is being sent. */
  readonly goesOn?: string;
}

/** Prepares what a mutation needs, through the API. */
export interface Stage {
  readonly app: TestApp;
  /** Access token of the first tenant's owner. */
  readonly ownerToken: string;
}
