import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import type { Random } from "./random.ts";

const query = `subscription Torture($after: Cursor, $types: [String!]) {
  journal(after: $after, types: $types) {
    __typename
    ... on JournalEntry { position type cursor }
    ... on Lagged { missed resumeAt }
  }
}`;

interface Next {
  readonly type: string;
  readonly id?: string;
  readonly payload?: {
    readonly data?: { readonly journal?: { __typename: string; position: number; cursor: string } } | null;
    readonly errors?: unknown;
    readonly extensions?: { readonly previous: string | null };
    readonly cursors?: Record<string, string>;
  };
}

export interface TortureSubscriberOptions {
  readonly name: string;
  readonly urls: readonly string[];
  readonly credential: string;
  readonly random: Random;
  /** The place before the first entry. */
  readonly after: string;
  readonly types?: readonly string[];
}

/** A client that loses its connection all the time and goes on after the last cursor it knows. */
export class TortureSubscriber {
  /** Positions as they came. */
  readonly positions: number[] = [];
  readonly violations: string[] = [];
  connections = 0;
  readonly #options: TortureSubscriberOptions;
  #cursor: string;
  #lastMessage: string | undefined;
  #socket: WebSocket | undefined;
  #isStopped = false;
  readonly #running: Promise<void>;

  constructor(options: TortureSubscriberOptions) {
    this.#options = options;
    this.#cursor = options.after;
    this.#running = this.#run();
  }

  get isConnected(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Cuts the connection without a word. */
  cut(): void {
    this.#socket?.terminate();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.cut();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      await this.#connect();
      await sleep(this.#options.random.between(5, 50));
    }
  }

  #connect(): Promise<void> {
    const { urls, credential, random } = this.#options;
    const socket = new WebSocket(`${random.pick(urls).replace("http", "ws")}/graphql`, "graphql-transport-ws");
    this.#socket = socket;
    this.connections += 1;
    this.#lastMessage = undefined;
    socket.on("open", () =>
      socket.send(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${credential}` } })),
    );
    socket.on("message", (text: Buffer) => this.#receive(socket, JSON.parse(text.toString()) as Next));
    socket.on("error", () => undefined);
    return new Promise((resolve) => socket.once("close", () => resolve()));
  }

  #receive(socket: WebSocket, { type, payload }: Next): void {
    switch (type) {
      case "connection_ack": {
        const variables = { after: this.#cursor, types: this.#options.types };
        socket.send(JSON.stringify({ id: "torture", type: "subscribe", payload: { query, variables } }));
        return;
      }
      case "next":
        this.#entry(payload);
        return;
      case "ping":
        this.#cursor = payload?.cursors?.["torture"] ?? this.#cursor;
        return;
      case "error": // the database or the process is going away: try again, unless it would never end
        if (!JSON.stringify(payload).includes("UNAVAILABLE") && !JSON.stringify(payload).includes("INTERNAL")) {
          this.#violation(`was refused: ${JSON.stringify(payload)}`);
        }
        socket.terminate();
        return;
    }
  }

  #entry(payload: Next["payload"]): void {
    const entry = payload?.data?.journal;
    if (entry?.__typename !== "JournalEntry") return this.#violation(`got no entry: ${JSON.stringify(payload)}`);
    const last = this.positions.at(-1) ?? 0;
    if (entry.position <= last) this.#violation(`got ${entry.position} after ${last}`);
    const previous = payload?.extensions?.previous ?? null;
    if (this.#lastMessage !== undefined && previous !== null && previous !== this.#lastMessage) {
      this.#violation(`the message at ${entry.position} doesn't follow the one before`);
    }
    this.positions.push(entry.position);
    this.#cursor = entry.cursor;
    this.#lastMessage = entry.cursor;
  }

  #violation(what: string): void {
    if (this.violations.length < 10) this.violations.push(`${this.#options.name} ${what}`);
  }
}
