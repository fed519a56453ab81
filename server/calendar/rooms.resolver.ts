import { Arg, Args, Ctx, Extensions, Mutation, Query, Resolver } from "type-graphql";
import { ConnectionArgs, type Page } from "../../schema/connection.ts";
import { ArchiveRoomInput, CreateRoomInput, RenameRoomInput } from "../../schema/session-type-inputs.ts";
import { ArchiveRoomPayload, CreateRoomPayload, RenameRoomPayload } from "../../schema/session-type-payloads.ts";
import { type Room, RoomConnection } from "../../schema/session-type.ts";
import type { Context } from "../operations/context.ts";
import type { RoomsService } from "./rooms.service.ts";

@Resolver()
export class RoomsResolver {
  readonly #rooms: RoomsService;

  constructor(rooms: RoomsService) {
    this.#rooms = rooms;
  }

  @Extensions({ action: "availability:read" })
  @Query(() => RoomConnection, { description: "The tenant's rooms by name, archived ones, too." })
  rooms(@Ctx() context: Context, @Args(() => ConnectionArgs) page: ConnectionArgs): Promise<Page<Room>> {
    return this.#rooms.rooms(context, page);
  }

  @Extensions({ action: "calendar:write" })
  @Mutation(() => CreateRoomPayload, { description: "Adds a room, which session types can name." })
  createRoom(
    @Ctx() context: Context,
    @Arg("input", () => CreateRoomInput, { description: "The room." }) input: CreateRoomInput,
  ): Promise<CreateRoomPayload> {
    return this.#rooms.createRoom(context, input);
  }

  @Extensions({ action: "calendar:write" })
  @Mutation(() => RenameRoomPayload, { description: "Gives a room another name." })
  renameRoom(
    @Ctx() context: Context,
    @Arg("input", () => RenameRoomInput, { description: "The room and its name." }) input: RenameRoomInput,
  ): Promise<RenameRoomPayload> {
    return this.#rooms.renameRoom(context, input);
  }

  @Extensions({ action: "calendar:write" })
  @Mutation(() => ArchiveRoomPayload, { description: "Ends the use of a room. What is booked there takes place." })
  archiveRoom(
    @Ctx() context: Context,
    @Arg("input", () => ArchiveRoomInput, { description: "The room." }) input: ArchiveRoomInput,
  ): Promise<ArchiveRoomPayload> {
    return this.#rooms.archiveRoom(context, input);
  }
}
