import type { ServerResponse } from "node:http";

/** Aborted when a request's caller has gone without an answer. Made for who asks: most operations never do. */
export class RequestSignal {
  readonly #response: ServerResponse;
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

  #made(): AbortController {
    if (this.#controller !== undefined) return this.#controller;
    const controller = new AbortController();
    this.#controller = controller;
    // It closes after every answer; only without one has the caller gone.
    const onClose = () => {
      if (!this.#response.writableFinished) controller.abort();
    };
    if (this.#response.closed) onClose();
    else this.#response.once("close", onClose);
    return controller;
  }
}
