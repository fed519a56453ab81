import { hash, type Options, verify } from "@node-rs/argon2";
import { passwordProblem } from "./password-policy.ts";

// OWASP Password Storage Cheat Sheet: argon2id (the package's default) with 19 MiB, two passes, one lane.
const parameters: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes and verifies passwords. Work happens on libuv's threads, so the event loop stays free. */
export class PasswordService {
  #dummy: Promise<string> | undefined;

  /** Why a new password isn't accepted, in words for its owner; null when it is. */
  problemOf(password: string, email: string | null): string | null {
    return passwordProblem(password, email);
  }

  hash(password: string): Promise<string> {
    return hash(canonical(password), parameters);
  }

  verify(stored: string, password: string): Promise<boolean> {
    return verify(stored, canonical(password));
  }

  /** Costs the same as verify: what an unknown account gets, so that time doesn't tell it from a wrong password. */
  async verifyNothing(password: string): Promise<false> {
    this.#dummy ??= this.hash("nobody has this password");
    await this.verify(await this.#dummy, password);
    return false;
  }
}

/** The same characters typed on another system are the same password (NIST SP 800-63B §3.1.1.2). */
function canonical(password: string): string {
  return password.normalize("NFKC");
}
