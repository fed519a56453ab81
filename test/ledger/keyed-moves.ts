import { randomInt, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { GraphQLAnswer, TestTenant } from "../app.ts";
import { codesOf, replayOf, sendKeyed } from "../keyed-request.ts";
import type { Family } from "../sessions.ts";

export type MoveKind = "grant" | "adjust" | "transfer" | "book";

/** A request with a key of its own, and what is known of it. */
export interface KeyedMove {
  readonly kind: MoveKind;
  readonly key: string;
  readonly query: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Client ids, and what the move adds to their balances. */
  readonly effects: readonly (readonly [clientId: string, amount: number])[];
  /** Undefined until it was answered: it may have happened or not. */
  data?: GraphQLAnswer["data"];
}

export interface Offer {
  readonly coachId: string;
  readonly sessionTypeId: string;
}

interface Target {
  readonly url: string;
  readonly tenant: TestTenant;
}

const document = (field: string, selection: string) => {
  const input = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input!`;
  return `mutation ($input: ${input}) { ${field}(input: $input) { ${selection} userErrors { code } } }`;
};

// The cursor is the move's place in the journal. What an account has is read anew for an answer that is given again.
const queries: Record<MoveKind, string> = {
  grant: document("grantCredits", "cursor account { id }"),
  adjust: document("adjustCredits", "cursor adjustment { id }"),
  transfer: document("transferCredits", "cursor from { id } to { id }"),
  book: document("bookSession", "cursor session { id bookings { id } }"),
};

const answerTimeoutMs = 20_000;
const patienceMs = 60_000;
const hourMs = 3_600_000;

/**
 * Moves of credits that nothing refuses: everybody has enough, and every booking has an hour of its own. So each, however
 * often it is sent, has to happen once.
 */
export class KeyedMoves {
  readonly #target: Target;
  readonly #families: readonly Family[];
  readonly #offer: Offer;
  /** The first hour that is booked; the coach is there from 8 to 20. */
  readonly #firstDay: number;
  #booked = 0;
  readonly all: KeyedMove[] = [];
  /** Sent again after no answer, and then told to have happened before. */
  found = 0;
  readonly refusals: unknown[] = [];

  constructor(target: Target, families: readonly Family[], offer: Offer) {
    this.#target = target;
    this.#families = families;
    this.#offer = offer;
    this.#firstDay = Math.ceil(Date.now() / (24 * hourMs)) * 24 * hourMs + 48 * hourMs;
  }

  get answered(): readonly KeyedMove[] {
    return this.all.filter(({ data }) => data !== undefined);
  }

  get unknown(): readonly KeyedMove[] {
    return this.all.filter(({ data }) => data === undefined);
  }

  /** Sends new ones one after the other until it is told to stop, or until one isn't answered. */
  async send(until: AbortSignal): Promise<void> {
    while (!until.aborted) {
      const move = this.#next();
      this.all.push(move);
      await this.#try(move);
      if (move.data === undefined) return;
    }
  }

  /** Sends one that wasn't answered until it is. */
  async settle(move: KeyedMove): Promise<void> {
    for (const deadline = Date.now() + patienceMs; move.data === undefined; await sleep(50)) {
      const answer = await this.#try(move);
      if (answer !== undefined && JSON.stringify(replayOf(answer)) === '{"replayed":true}') this.found += 1;
      if (Date.now() > deadline) throw new Error(`no answer: ${JSON.stringify(answer?.errors)}`);
    }
  }

  /** What a move is told that was answered before. */
  async sendAgain({ query, key, input }: KeyedMove): Promise<GraphQLAnswer> {
    return sendKeyed(this.#target, { query, key, variables: { input } });
  }

  async #try(move: KeyedMove): Promise<GraphQLAnswer | undefined> {
    const { query, key, input } = move;
    try {
      const signal = AbortSignal.timeout(answerTimeoutMs);
      const answer = await sendKeyed(this.#target, { query, key, variables: { input }, signal });
      if (codesOf(answer).length > 0 || answer.data == null) return answer;
      move.data = answer.data;
      for (const told of Object.values(answer.data)) {
        const { userErrors } = told as { readonly userErrors: readonly unknown[] };
        if (userErrors.length > 0) this.refusals.push({ ...move, userErrors });
      }
      return answer;
    } catch {
      return undefined; // nobody listens, or it was cut off in the middle
    }
  }

  #next(): KeyedMove {
    const [one, other] = [this.#family(), this.#family()];
    const move = (kind: MoveKind, input: KeyedMove["input"], effects: KeyedMove["effects"]): KeyedMove => ({
      ...{ kind, key: randomUUID(), query: queries[kind] },
      ...{ input, effects },
    });
    const amount = 1 + randomInt(3);
    switch (this.all.length % 8) {
      case 0:
        return move("book", { ...this.#offer, learnerId: one.learnerId, startsAt: this.#nextHour() }, []);
      case 1:
      case 2:
        return move("grant", { clientId: one.clientId, amount: `${amount}`, kind: "PROMO" }, [[one.clientId, amount]]);
      case 3:
      case 4:
      case 5:
        return move("adjust", { clientId: one.clientId, amount: `${-amount}`, reason: "a test" }, [
          [one.clientId, -amount],
        ]);
      default:
        if (one === other) return this.#next();
        return move("transfer", { fromClientId: one.clientId, toClientId: other.clientId, amount: `${amount}` }, [
          [one.clientId, -amount],
          [other.clientId, amount],
        ]);
    }
  }

  #family(): Family {
    const family = this.#families[randomInt(this.#families.length)];
    if (family === undefined) throw new Error("there is no family");
    return family;
  }

  #nextHour(): string {
    const [day, hour] = [Math.floor(this.#booked / 12), 8 + (this.#booked % 12)];
    this.#booked += 1;
    return new Date(this.#firstDay + (24 * day + hour) * hourMs).toISOString();
  }
}
