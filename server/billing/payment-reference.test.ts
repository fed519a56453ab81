import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { makeReference, readReference, typedPrefix } from "./payment-reference.ts";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const references = fc.uint8Array({ minLength: 5, maxLength: 5 }).map((random) => makeReference("NX", random));
/** Its nine characters without the prefix. */
const bodyOf = (reference: string) => reference.replace(/^NX/, "").replaceAll("-", "");

describe("a payment's reference", () => {
  it("has a prefix, eight characters and a check character", () => {
    fc.assert(
      fc.property(references, (reference) =>
        expect(reference).toMatch(/^NX-[0-9A-HJKMNP-TV-Z]{8}-[0-9A-HJKMNP-TV-Z]$/),
      ),
    );
  });

  it("is understood in small letters, with spaces, without its prefix, and with O, I and L for digits", () => {
    fc.assert(
      fc.property(
        references,
        fc.constantFrom("O", "o"),
        fc.constantFrom("I", "i", "L", "l"),
        (reference, zero, one) => {
          const sloppy = bodyOf(reference).replaceAll("0", zero).replaceAll("1", one);
          for (const typed of [
            reference,
            reference.toLowerCase(),
            ` nx ${sloppy.slice(0, 4)} ${sloppy.slice(4)}.`,
            sloppy,
          ]) {
            expect(readReference("NX", typed)).toBe(reference);
          }
        },
      ),
    );
  });

  it("isn't understood with one wrong character, or with two that changed places", () => {
    fc.assert(
      fc.property(
        references,
        fc.nat(8),
        fc.nat(8),
        fc.constantFrom(...Array.from(alphabet)),
        (reference, at, other, wrong) => {
          const body = Array.from(bodyOf(reference));
          const changed = body.with(at, wrong).join("");
          expect(readReference("NX", changed)).toBe(changed === body.join("") ? reference : null);
          const swapped = body
            .with(at, body[other] ?? "")
            .with(other, body[at] ?? "")
            .join("");
          expect(readReference("NX", swapped)).toBe(swapped === body.join("") ? reference : null);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each(["", "NX", "NX-7K3M9QF2", "NX-7K3M9QF2-5-5", "💶", "U".repeat(9)])("isn't %j", (text) => {
    expect(readReference("NX", text)).toBeNull();
  });

  it("tells the prefix that it was made with", () => {
    fc.assert(fc.property(references, (reference) => expect(typedPrefix(reference.toLowerCase())).toBe("NX")));
    expect(typedPrefix("7K3M9QF2-5")).toBe("");
  });

  it("may have a prefix with letters that are read as digits", () => {
    const reference = makeReference("LYCEO", new Uint8Array([1, 2, 3, 4, 5]));
    expect(readReference("LYCEO", reference.toLowerCase())).toBe(reference);
  });
});
