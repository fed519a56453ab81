import { WebSocket } from "ws";
import { eventually } from "./live.ts";

export interface ProtocolMessage {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

/** A WebSocket whose every message the test sends by hand. */
export class RawSocket implements AsyncDisposable {
  readonly socket: WebSocket;
  readonly messages: ProtocolMessage[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;

  private constructor(url: string, protocols: readonly string[], headers: Record<string, string>) {
    this.socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, [...protocols], { headers });
    this.socket.on("message", (text) => {
      this.messages.push(JSON.parse((text as Buffer).toString()) as ProtocolMessage);
    });
    this.socket.on("error", () => undefined);
    this.closed = new Promise((resolve) =>
      this.socket.on("close", (code, reason) => resolve({ code, reason: String(reason) })),
    );
  }

  static async open(url: string, protocols: readonly string[] = ["graphql-transport-ws"], headers = {}) {
    const raw = new RawSocket(url, protocols, headers);
    await Promise.race([new Promise((resolve) => raw.socket.once("open", resolve)), raw.closed]);
    return raw;
  }

  /** Open and acknowledged. */
  static async ready(url: string, credential: string) {
    const raw = await RawSocket.open(url);
    raw.send({ type: "connection_init", payload: { authorization: `Bearer ${credential}` } });
    await raw.until("connection_ack");
    return raw;
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables?: Record<string, unknown>): void {
    this.send({ id, type: "subscribe", payload: { query, ...(variables === undefined ? {} : { variables }) } });
  }

  /** What has come for an operation. */
  of(id: string): ProtocolMessage[] {
    return this.messages.filter((message) => message.id === id);
  }

  typesOf(id: string): string[] {
    return this.of(id).map(({ type }) => type);
  }

  /** Waits for a message of a type, of one operation or of the connection. */
  async until(type: string, id?: string): Promise<ProtocolMessage> {
    const find = () =>
      this.messages.find((message) => message.type === type && (id === undefined || message.id === id));
    await eventually(() => find() !== undefined || !this.isOpen, `${type} ${id ?? ""}`);
    const found = find();
    if (found === undefined) throw new Error(`closed with ${JSON.stringify(await this.closed)} before ${type}`);
    return found;
  }

  /** Waits until an operation has got its last message. */
  async end(id: string): Promise<ProtocolMessage[]> {
    const isOver = () => this.of(id).some(({ type }) => type === "complete" || type === "error");
    await eventually(() => isOver() || !this.isOpen, `the end of ${id}`);
    return this.of(id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.terminate();
    await this.closed;
  }
}
