import { expect, it } from "@jest/globals";
import { createLog } from "../log.ts";
import { publicError } from "./public-error.ts";

const log = createLog({ level: "silent" });
const failed = (message: string, code?: string) =>
  publicError(Object.assign(new Error(message), code === undefined ? {} : { code }), { requestId: "r" }, log);

it.each([
  ["connect ECONNREFUSED 10.0.0.1:5432", "ECONNREFUSED", "UNAVAILABLE"],
  ["getaddrinfo ENOTFOUND postgres", "ENOTFOUND", "UNAVAILABLE"],
  ["terminating connection due to administrator command", "57P01", "UNAVAILABLE"],
  ["sorry, too many clients already", "53300", "UNAVAILABLE"],
  ["Connection terminated unexpectedly", undefined, "UNAVAILABLE"],
  ["Connection terminated due to connection timeout", undefined, "UNAVAILABLE"],
  ["timeout exceeded when trying to connect", undefined, "UNAVAILABLE"],
  ["canceling statement due to statement timeout", "57014", "EXECUTION_TIMEOUT"],
  ["duplicate key value violates unique constraint", "23505", "INTERNAL"],
  ["x is not a function", undefined, "INTERNAL"],
])("makes of %j (%s) the code %s, without its words", (message, code, expected) => {
  const error = failed(message, code);
  expect(error.extensions).toEqual({ code: expected, requestId: "r" });
  expect(error.message).not.toContain(message);
});
