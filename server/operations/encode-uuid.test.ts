import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { fromString, toUUID, TypeID } from "typeid-js";
import { encodeUuid } from "./encode-uuid.ts";

describe("encodeUuid", () => {
  it.each([
    ["00000000-0000-0000-0000-000000000000", "00000000000000000000000000"],
    ["ffffffff-ffff-ffff-ffff-ffffffffffff", "7zzzzzzzzzzzzzzzzzzzzzzzzz"],
    ["01890a5d-ac96-774b-bcce-b302099a8057", "01h455vb4pex5vsknk084sn02q"], // of the TypeID specification
  ])("writes %s as the specification does", (uuid, suffix) => {
    expect(encodeUuid(uuid)).toBe(suffix);
  });

  it("writes every uuid as typeid-js does, which reads it back", () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        const id = `lead_${encodeUuid(uuid)}`;
        expect(id).toBe(TypeID.fromUUID("lead", uuid).toString());
        expect(toUUID(fromString(id))).toBe(uuid);
      }),
    );
  });
});
