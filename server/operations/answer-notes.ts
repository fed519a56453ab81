/** What the stages of an operation tell the caller beside its result. */
export class AnswerNotes {
  #extensions: Record<string, unknown> | undefined;
  #headers: Map<string, string> | undefined;

  /** Members of the answer's `extensions`; undefined when there are none. */
  get extensions(): Readonly<Record<string, unknown>> | undefined {
    return this.#extensions;
  }

  /** Headers of an answer over HTTP. */
  get headers(): Iterable<readonly [name: string, value: string]> {
    return this.#headers ?? [];
  }

  /** Adds a member to the answer's `extensions`, whether the operation succeeds or not. */
  extend(name: string, value: unknown): void {
    this.#extensions ??= {};
    this.#extensions[name] = value;
  }

  setHeader(name: string, value: string): void {
    this.#headers ??= new Map();
    this.#headers.set(name, value);
  }
}
