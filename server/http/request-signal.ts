import type { ServerResponse } from "node:http";

/** Aborted when a request's caller has gone without an answer. Made for who asks: most operations never do. */
export class RequestSignal {
  #response: ServerResponse | undefined;
  #controller: AbortController | undefined;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  get signal(): AbortSignal {
    return this.#made().signal;
  }

  abort(reason: Error): void {
    this.#made().abort(reason);
  }

  /**
   * The answer is there, so nobody's leaving matters any more. A context may be held a little longer than its request, and
   * mustn't hold the request then: at thousands a second that alone would fill the old generation.
   */
  answered(): void {
    this.#response = undefined;
  }

  #made(): AbortController {
    if (this.#controller !== undefined) return this.#controller;
    const controller = new AbortController();
    this.#controller = controller;
    const response = this.#response;
    // It closes after every answer; only without one has the caller gone.
    const onClose = () => {
      if (!response?.writableFinished) controller.abort();
    };
    if (response?.closed === true) onClose();
    else response?.once("close", onClose);
    return controller;
  }
}
