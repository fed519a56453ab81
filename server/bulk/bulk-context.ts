import { type Context, LoaderCache } from "../operations/context.ts";
import type { Place } from "../operations/gathering.ts";
import type { KnownPrincipal } from "../operations/principal.ts";

export interface RunContextOptions {
  readonly principal: KnownPrincipal;
  readonly requestId: string;
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly idempotencyKey?: string;
  readonly place?: Place;
}

/** A context for one page or line: loaders that lived longer would keep everything that they have read. */
export function runContext(options: RunContextOptions): Context {
  return { ...options, address: null, userAgent: null, loaders: new LoaderCache() };
}
