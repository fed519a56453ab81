/** A request that can't be served as it is. The app's error handler answers it with this status and a code of the catalogue. */
export class HttpRefusal extends Error {
  override readonly name = "HttpRefusal";
  readonly statusCode: number;

  constructor(
    statusCode: 400 | 404 | 408 | 409 | 410 | 413 | 415 | 416 | 422 | 500,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.statusCode = statusCode;
  }
}
