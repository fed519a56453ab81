import { describe, expect, test } from "@jest/globals";
import type { Principal } from "../operations/principal.ts";
import type { JournalRecord } from "./entry.ts";
import { FeedAudience } from "./feed-audience.ts";

const entryOf = (subjectId: string): JournalRecord => ({
  tenantId: "t",
  position: 1n,
  id: subjectId,
  type: "session.booked",
  subjectType: "Session",
  subjectId,
  actor: { type: "SYSTEM" },
  requestId: "r",
  occurredAt: new Date(0),
  data: {},
  personal: null,
  hash: Buffer.alloc(0),
});

const member = (memberId: string, role: "CLIENT" | "OWNER" = "CLIENT"): Principal => ({
  kind: "MEMBER",
  tenantId: "t",
  memberId,
  role,
  authSessionId: "s",
  expiresAt: new Date(0),
});

describe("the audience of a feed's entries", () => {
  test("is read once for however many people follow, and not for the team", async () => {
    const [ofAda, ofBob] = [entryOf("ada"), entryOf("bob")];
    const reads: string[][] = [];
    const audience = new FeedAudience((_tenantId, records) => {
      reads.push(records.map(({ subjectId }) => subjectId));
      return Promise.resolve(new Map(records.map((record) => [record, new Set([record.subjectId])])));
    });
    const entriesOf = (principal: Principal, records = [ofAda, ofBob]) => audience.entriesFor(principal, records);
    expect(await entriesOf(member("eve", "OWNER"))).toEqual([ofAda, ofBob]);
    expect(reads).toEqual([]);
    const [adas, bobs, eves] = await Promise.all(
      [member("ada"), member("bob"), member("eve")].map((each) => entriesOf(each)),
    );
    expect([adas, bobs, eves]).toEqual([[ofAda], [ofBob], []]);
    expect(reads).toEqual([["ada", "bob"]]);
    const another = entryOf("ada");
    expect(await entriesOf(member("ada"), [ofBob, another])).toEqual([another]);
    expect(reads).toEqual([["ada", "bob"], ["ada"]]);
  });

  test("is read again after it couldn't be", async () => {
    const entry = entryOf("ada");
    let isAway = true;
    const audience = new FeedAudience((_tenantId, records) =>
      isAway
        ? Promise.reject(new Error("the database is away"))
        : Promise.resolve(new Map(records.map((record) => [record, new Set(["ada"])]))),
    );
    await expect(audience.entriesFor(member("ada"), [entry])).rejects.toThrow("away");
    isAway = false;
    expect(await audience.entriesFor(member("ada"), [entry])).toEqual([entry]);
  });
});
