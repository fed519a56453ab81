import { Arg, Ctx, Extensions, Mutation, Query, Resolver } from "type-graphql";
import { SignUpInput, UpdateTenantInput } from "../../schema/tenant-inputs.ts";
import { SignUpPayload, UpdateTenantPayload } from "../../schema/tenant-payloads.ts";
import { Viewer } from "../../schema/viewer.ts";
import type { Context } from "../operations/context.ts";
import type { TenantService } from "./tenants.service.ts";

@Resolver()
export class TenantResolver {
  readonly #tenants: TenantService;

  constructor(tenants: TenantService) {
    this.#tenants = tenants;
  }

  @Extensions({ action: "viewer:read" })
  @Query(() => Viewer, { description: "Who is asking." })
  viewer(@Ctx() context: Context): Promise<Viewer> {
    return this.#tenants.viewer(context);
  }

  @Extensions({ action: "auth:sign-in" })
  @Mutation(() => SignUpPayload, { description: "Creates a tenant and its owner, who is signed in at once." })
  signUp(
    @Ctx() context: Context,
    @Arg("input", () => SignUpInput, { description: "The tenant and its owner." }) input: SignUpInput,
  ): Promise<SignUpPayload> {
    return this.#tenants.signUp(context, input);
  }

  @Extensions({ action: "tenant:update" })
  @Mutation(() => UpdateTenantPayload, { description: "Changes the tenant's settings." })
  updateTenant(
    @Ctx() context: Context,
    @Arg("input", () => UpdateTenantInput, { description: "What to change." }) input: UpdateTenantInput,
  ): Promise<UpdateTenantPayload> {
    return this.#tenants.updateTenant(context, input);
  }
}
