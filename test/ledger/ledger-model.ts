import type { Command, Policy } from "./ledger-commands.ts";

/** What a step came to: an answer, a refusal by its SQLSTATE, or nothing. */
export type Outcome =
  | { readonly code: string }
  | {
      readonly code: null;
      readonly moves: readonly {
        readonly amount: number;
        readonly version: number;
        readonly balance: number;
        readonly held: number;
        readonly isNew: boolean;
      }[];
    };

/** An account as both sides tell it. */
export interface AccountState {
  readonly client: number;
  readonly balance: number;
  readonly held: number;
  readonly version: number;
  readonly usable: number;
  /** What is left in its lots, in the order in which they were made. */
  readonly lots: readonly number[];
}

interface Lot {
  readonly id: number;
  readonly source: string;
  readonly priority: number;
  readonly effectiveAt: number;
  readonly expiresAt: number;
  remaining: number;
}

interface Account {
  balance: number;
  held: number;
  version: number;
  readonly lots: Lot[];
}

interface Part {
  readonly lot: Lot;
  readonly amount: number;
}

interface Hold {
  readonly client: number;
  readonly endsAt: number;
  readonly parts: readonly Part[];
  state: "HELD" | "POSTED" | "VOIDED" | "EXPIRED";
  answer?: Outcome;
}

interface Spend {
  readonly client: number;
  readonly parts: readonly Part[];
  refund?: Outcome;
}

class Refused extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

const most = 1_000_000_000;
const sum = (parts: readonly { readonly amount: number }[]) => parts.reduce((total, { amount }) => total + amount, 0);

/** What the ledger should do, written once more and simply: in memory, without SQL. */
export class LedgerModel {
  #now = 0;
  #lots = 0;
  readonly #accounts = new Map<number, Account>();
  readonly #holds: Hold[] = [];
  readonly #spends: Spend[] = [];
  /** Answers to steps that had a key, and moved something. */
  readonly #answers = new Map<number, Outcome>();
  readonly #commands: Command[] = [];

  /** Does one step. A refusal leaves everything as it was: each is found before anything changes. */
  run(command: Command): Outcome {
    const step = this.#commands.length;
    this.#commands.push(command);
    try {
      const outcome = this.#do(command, step);
      if (outcome.code === null && outcome.moves.length > 0) this.#answers.set(step, outcome);
      return outcome;
    } catch (error) {
      if (error instanceof Refused) return { code: error.code };
      throw error;
    }
  }

  get accounts(): AccountState[] {
    return [...this.#accounts]
      .toSorted(([one], [other]) => one - other)
      .map(([client, { balance, held, version, lots }]) => ({
        client,
        balance,
        held,
        version,
        usable: this.#usable(lots).reduce((total, { remaining }) => total + remaining, 0),
        lots: lots.map(({ remaining }) => remaining),
      }));
  }

  #do(command: Command, step: number): Outcome {
    switch (command.op) {
      case "grant": {
        const { kind, effectiveIn, expiresIn, priority } = command;
        return this.#give(command, { source: kind, effectiveIn, expiresIn, priority });
      }
      case "spend": {
        const parts = this.#take(command.client, command.amount);
        this.#spends.push({ client: command.client, parts });
        return this.#answer(command.client, command.amount);
      }
      case "adjust":
        if (command.amount > 0) {
          return this.#give(command, {
            source: "ADJUSTMENT",
            effectiveIn: 0,
            expiresIn: command.expiresIn,
            priority: 0,
          });
        }
        this.#take(command.client, -command.amount);
        return this.#answer(command.client, -command.amount);
      case "hold":
        return this.#hold(command);
      case "post":
        return this.#post(pick(this.#holds, command.hold));
      case "void":
        return this.#void(pick(this.#holds, command.hold), command.policy, command.extendBy);
      case "refund":
        return this.#refund(pick(this.#spends, command.spend), command.policy, command.extendBy);
      case "transfer":
        return this.#transfer(command);
      case "rollover":
        return this.#rollover(command);
      case "expire":
        return this.#expire();
      case "expireHolds":
        return this.#expireHolds();
      case "clock":
        this.#now += command.by;
        return { code: null, moves: [] };
      case "again":
        return this.#again(command.step, command.isOther, step);
    }
  }

  #give(
    { client, amount }: { readonly client: number; readonly amount: number },
    lot: { source: string; effectiveIn: number; expiresIn: number | null; priority: number },
  ): Outcome {
    checkAmount(amount);
    const { effectiveIn, expiresIn } = lot;
    if (expiresIn !== null && (expiresIn <= effectiveIn || expiresIn <= 0)) throw new Refused("LG003");
    const account = this.#open(client);
    account.balance += amount;
    account.version += 1;
    const expiresAt = expiresIn === null ? Infinity : this.#now + expiresIn;
    this.#addLot(account, { ...lot, effectiveAt: this.#now + effectiveIn, expiresAt, remaining: amount });
    return this.#answer(client, amount);
  }

  #take(client: number, amount: number): Part[] {
    checkAmount(amount);
    const account = this.#accounts.get(client);
    if (account === undefined || account.balance - account.held < amount) throw new Refused("LG001");
    const parts = this.#draw(account, amount);
    account.balance -= amount;
    account.version += 1;
    return parts;
  }

  #hold({ client, amount, endsIn }: Extract<Command, { op: "hold" }>): Outcome {
    checkAmount(amount);
    const account = this.#accounts.get(client);
    if (account === undefined || account.balance - account.held < amount) throw new Refused("LG001");
    if (endsIn <= 0) throw new Refused("LG003");
    const parts = this.#draw(account, amount);
    account.held += amount;
    account.version += 1;
    this.#holds.push({ client, endsAt: this.#now + endsIn, parts, state: "HELD" });
    return this.#answer(client, amount);
  }

  #post(hold: Hold | undefined): Outcome {
    if (hold === undefined) throw new Refused("LG004");
    if (hold.state === "POSTED") return again(hold.answer);
    if (hold.state !== "HELD" || hold.endsAt <= this.#now) throw new Refused("LG005");
    const account = this.#open(hold.client);
    const amount = sum(hold.parts);
    account.balance -= amount;
    account.held -= amount;
    account.version += 1;
    hold.state = "POSTED";
    this.#spends.push({ client: hold.client, parts: inOrder(hold.parts) });
    return (hold.answer = this.#answer(hold.client, amount));
  }

  #void(hold: Hold | undefined, policy: Policy, extendBy: number): Outcome {
    if (hold === undefined) throw new Refused("LG004");
    if (hold.state === "VOIDED") return again(hold.answer);
    if (hold.state !== "HELD") throw new Refused("LG005");
    hold.state = "VOIDED";
    return (hold.answer = this.#release(hold, policy, extendBy));
  }

  #release(hold: Hold, policy: Policy, extendBy: number): Outcome {
    const account = this.#open(hold.client);
    const amount = sum(hold.parts);
    account.held -= amount;
    account.version += 1;
    for (const part of inOrder(hold.parts)) this.#giveBack(account, part, policy, extendBy);
    return this.#answer(hold.client, amount);
  }

  #refund(spend: Spend | undefined, policy: Policy, extendBy: number): Outcome {
    if (spend === undefined) throw new Refused("LG004");
    if (spend.refund !== undefined) return again(spend.refund);
    const parts = spend.parts.filter(({ lot }) => policy !== "FORFEIT" || lot.expiresAt > this.#now);
    const amount = sum(parts);
    if (amount === 0) throw new Refused("LG006");
    const account = this.#open(spend.client);
    account.balance += amount;
    account.version += 1;
    for (const part of parts) this.#giveBack(account, part, policy, extendBy);
    return (spend.refund = this.#answer(spend.client, amount));
  }

  #giveBack(account: Account, { lot, amount }: Part, policy: Policy, extendBy: number): void {
    if (lot.expiresAt > this.#now || policy !== "EXTEND") {
      lot.remaining += amount;
      return;
    }
    const { source, priority } = lot;
    const expiresAt = this.#now + extendBy;
    this.#addLot(account, { source, priority, effectiveAt: this.#now, expiresAt, remaining: amount });
  }

  #transfer({ client, to, amount }: Extract<Command, { op: "transfer" }>): Outcome {
    checkAmount(amount);
    if (client === to) throw new Refused("LG003");
    const from = this.#accounts.get(client);
    if (from === undefined) throw new Refused("LG004");
    const parts = this.#draw(from, amount);
    const other = this.#open(to);
    from.balance -= amount;
    from.version += 1;
    other.balance += amount;
    other.version += 1;
    for (const { lot, amount: remaining } of parts) this.#addLot(other, { ...lot, remaining });
    return { code: null, moves: [this.#tell(client, amount), this.#tell(to, amount)] };
  }

  #rollover({ client, rollover, cap }: Extract<Command, { op: "rollover" }>): Outcome {
    const account = this.#accounts.get(client);
    if (account === undefined) return { code: null, moves: [] };
    const isAllocated = (lot: Lot) =>
      lot.source === "MONTHLY_ALLOCATION" && lot.effectiveAt < this.#now && lot.expiresAt > this.#now;
    const open = this.#holds.filter((hold) => hold.client === client && hold.state === "HELD");
    const held = sum(open.flatMap(({ parts }) => parts.filter(({ lot }) => isAllocated(lot))));
    let keep = { NONE: 0, CAP: Math.max(0, cap - held), FULL: Infinity }[rollover];
    let gone = 0;
    const unused = account.lots.filter((lot) => lot.remaining > 0 && isAllocated(lot));
    for (const lot of unused.toSorted((one, other) => compare(other.expiresAt, one.expiresAt) || other.id - one.id)) {
      const stays = Math.min(keep, lot.remaining);
      keep -= stays;
      gone += lot.remaining - stays;
      lot.remaining = stays;
    }
    if (gone === 0) return { code: null, moves: [] };
    account.balance -= gone;
    account.version += 1;
    return this.#answer(client, gone);
  }

  #expire(): Outcome {
    const moves = [...this.#accounts]
      .toSorted(([one], [other]) => one - other)
      .flatMap(([client, account]) => {
        const due = account.lots.filter((lot) => lot.remaining > 0 && lot.expiresAt <= this.#now);
        if (due.length === 0) return [];
        const amount = due.reduce((total, { remaining }) => total + remaining, 0);
        for (const lot of due) lot.remaining = 0;
        account.balance -= amount;
        account.version += 1;
        return [this.#tell(client, amount)];
      });
    return { code: null, moves };
  }

  #expireHolds(): Outcome {
    const due = this.#holds.filter((hold) => hold.state === "HELD" && hold.endsAt <= this.#now);
    const moves = due
      .toSorted((one, other) => one.client - other.client)
      .flatMap((hold) => {
        hold.state = "EXPIRED";
        const outcome = this.#release(hold, "RESTORE", 0);
        return outcome.code === null ? outcome.moves : [];
      });
    return { code: null, moves };
  }

  #again(number: number, isOther: boolean, step: number): Outcome {
    if (step === 0) return { code: null, moves: [] };
    const command = this.#commands[number % step];
    const answer = this.#answers.get(number % step);
    if (answer === undefined || !isKeyed(command)) return { code: null, moves: [] };
    if (isOther && command.op !== "rollover") throw new Refused("LG002");
    return again(answer);
  }

  #open(client: number): Account {
    let account = this.#accounts.get(client);
    if (account === undefined) {
      account = { balance: 0, held: 0, version: 0, lots: [] };
      this.#accounts.set(client, account);
    }
    return account;
  }

  #addLot(account: Account, lot: Omit<Lot, "id">): void {
    this.#lots += 1;
    const { source, priority, effectiveAt, expiresAt, remaining } = lot;
    account.lots.push({ id: this.#lots, source, priority, effectiveAt, expiresAt, remaining });
  }

  #usable(lots: readonly Lot[]): Lot[] {
    return lots.filter(
      ({ remaining, effectiveAt, expiresAt }) => remaining > 0 && effectiveAt <= this.#now && expiresAt > this.#now,
    );
  }

  #draw(account: Account, amount: number): Part[] {
    const isPaid = ({ source }: Lot) => (source === "PURCHASE" ? 1 : 0);
    const usable = this.#usable(account.lots).toSorted(
      (one, other) =>
        one.priority - other.priority ||
        compare(one.expiresAt, other.expiresAt) ||
        isPaid(one) - isPaid(other) ||
        one.effectiveAt - other.effectiveAt ||
        one.id - other.id,
    );
    if (usable.reduce((total, { remaining }) => total + remaining, 0) < amount) throw new Refused("LG001");
    let missing = amount;
    const parts: Part[] = [];
    for (const lot of usable) {
      if (missing === 0) break;
      const part = Math.min(missing, lot.remaining);
      lot.remaining -= part;
      missing -= part;
      parts.push({ lot, amount: part });
    }
    return parts;
  }

  #answer(client: number, amount: number): Outcome {
    return { code: null, moves: [this.#tell(client, amount)] };
  }

  #tell(client: number, amount: number) {
    const { version, balance, held } = this.#open(client);
    return { amount, version, balance, held, isNew: true };
  }
}

/** Whether a step has a key of its own, and so can be sent again. */
export function isKeyed(
  command: Command | undefined,
): command is Extract<Command, { op: "grant" | "spend" | "hold" | "adjust" | "transfer" | "rollover" }> {
  return command !== undefined && ["grant", "spend", "hold", "adjust", "transfer", "rollover"].includes(command.op);
}

/** One that there is, whatever the number, or undefined. */
function pick<Item>(items: readonly Item[], number: number): Item | undefined {
  return items[number % Math.max(items.length, 1)];
}

/** The first answer once more; a transfer's tells of the account that it left only. */
function again(answer: Outcome | undefined): Outcome {
  if (answer === undefined || answer.code !== null) throw new Error("there was no answer");
  return { code: null, moves: answer.moves.slice(0, 1).map((move) => ({ ...move, isNew: false })) };
}

function checkAmount(amount: number): void {
  if (amount < 1 || amount > most) throw new Refused("LG003");
}

function inOrder(parts: readonly Part[]): Part[] {
  return parts.toSorted((one, other) => one.lot.id - other.lot.id);
}

/** Two infinities are equal, not NaN apart. */
function compare(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
