import type { Scope } from "../journal/journal.service.ts";
import type { Action } from "./actions.ts";
import type { AnswerNotes } from "./answer-notes.ts";
import { authorize } from "./authorize.ts";
import { actorOf, type KnownPrincipal, type Principal } from "./principal.ts";

/** What every resolver and service gets first: who asks, in which request, with which loaders. */
export interface Context {
  readonly principal: Principal;
  readonly requestId: string;
  /** Address of the caller, as the trusted proxy or the socket tells it. */
  readonly address: string | null;
  readonly userAgent: string | null;
  /** "Now" for the whole request, so that two conditions on time agree. */
  readonly now: Date;
  /** Aborted when the caller has gone or the deadline has passed. */
  readonly signal: AbortSignal;
  /** Makes the signal say so: the operation's deadline has passed. */
  readonly abort?: (reason: Error) => void;
  /** What the caller is told beside the result; absent where nobody waits for an answer, as in feeds. */
  readonly answer?: AnswerNotes;
  /** Batches and caches reads for this request only. */
  readonly loaders: LoaderCache;
  /** The journal's position before anything else of the operation was read, when the operation asks for it. */
  eventPosition?: bigint;
}

/** Loaders by their class, made on first use. A DataLoader that lives longer than a request serves stale rows. */
export class LoaderCache {
  readonly #loaders = new Map<object, unknown>();

  get<Loader>(key: (context: Context) => Loader, context: Context): Loader {
    let loader = this.#loaders.get(key) as Loader | undefined;
    if (loader === undefined) {
      loader = key(context);
      this.#loaders.set(key, loader);
    }
    return loader;
  }
}

/** The caller's tenant and name in the journal, after checking that he may do it. */
export function authorizedScope(context: Context, action: Action): Scope & { readonly principal: KnownPrincipal } {
  const principal = authorize(context.principal, action);
  return { tenantId: principal.tenantId, actor: actorOf(principal), requestId: context.requestId, principal };
}
