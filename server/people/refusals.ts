import type { UserErrorData } from "../../schema/errors.ts";

/** Takes what is wrong with a field. A rule asks for the codes that it knows; whoever knows more codes can take them, too. */
export interface Refuser<Code extends string> {
  refuse(code: Code, message: string, path: readonly string[]): void;
}

/** Collects what is wrong with an input. */
export class Refusals<Code extends string> implements Refuser<Code> {
  readonly list: UserErrorData<Code>[] = [];

  refuse(code: Code, message: string, path: readonly string[]): void {
    this.list.push({ code, message, field: ["input", ...path] });
  }
}
