import type { Actor } from "../journal/entry.ts";
import type { Scope } from "../journal/journal.service.ts";
import type { Action } from "./actions.ts";
import type { AnswerNotes } from "./answer-notes.ts";
import { authorize } from "./authorize.ts";
import type { Place } from "./gathering.ts";
import type { OnceRequest } from "./once-request.ts";
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
  /** The request's idempotency key: its header, and checked once a mutation was prepared. */
  idempotencyKey?: string | undefined;
  /** Of a mutation with idempotency keys, once its first field has begun. */
  keyedMutation?: { readonly fields: number; readonly replayed: string[] };
  /** The root field that is being resolved, when it has an idempotency key. */
  readonly once?: OnceRequest;
  /** Of a request that runs together with others of its kind, for mutations that say so (`isGathered`). */
  readonly place?: Place;
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
  const { requestId, once } = context;
  return { tenantId: principal.tenantId, actor: actorOf(principal), requestId, once, principal };
}

/** The scope of what needs no credential. */
export function publicScope({ requestId, once }: Context, tenantId: string, actor: Actor): Scope {
  return { tenantId, actor, requestId, once };
}

/** Says whose tenant a request without a credential is about, as soon as that is known: its idempotency key belongs there. */
export function nameTenant({ once }: Context, tenantId: string): void {
  if (once !== undefined) once.tenantId = tenantId;
}
