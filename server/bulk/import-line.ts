import { checkKey } from "../operations/idempotency-key.ts";
import { checkVariableTexts } from "../operations/text-check.ts";
import type { FileLine } from "../operations/text-lines.ts";

/** What a line asks for. */
export interface ImportLine {
  /** From 1, blank lines counted. */
  readonly line: number;
  readonly key: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface BadLine {
  readonly line: number;
  readonly key: string | null;
  readonly message: string;
}

/** Reads `{ "key": "…", "input": { … } }`. */
export function readLine({ line, text }: FileLine): ImportLine | BadLine {
  if (text === null) return { line, key: null, message: "The line is longer than 256 kB." };
  const value = parse(text);
  if (!isRecord(value)) return { line, key: null, message: "The line isn't a JSON object." };
  const { key, input, ...others } = value;
  const name = typeof key === "string" ? key : null;
  if (!isKey(key)) {
    return { line, key: name, message: "The line's key isn't a text of 1 to 255 visible ASCII characters." };
  }
  if (!isRecord(input)) return { line, key: name, message: "The line's input isn't an object." };
  const [other] = Object.keys(others);
  if (other !== undefined) return { line, key: name, message: "A line has a key and an input and nothing else." };
  if (!isText(input)) return { line, key: name, message: "A text holds a NUL character or half of a surrogate pair." };
  return { line, key, input };
}

export function isBad(line: ImportLine | BadLine): line is BadLine {
  return "message" in line;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isKey(key: unknown): key is string {
  try {
    checkKey(key, "VARIABLES");
    return true;
  } catch {
    return false;
  }
}

function isText(input: unknown): boolean {
  try {
    checkVariableTexts(input);
    return true;
  } catch {
    return false;
  }
}
