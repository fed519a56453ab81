import { jest } from "@jest/globals";

// Where CI runs, other programs take the machine for seconds: a test that misses a time limit for that is run once more, and
// what it said at first is printed. A fault fails twice.
jest.retryTimes(1, { logErrorsBeforeRetry: true });
