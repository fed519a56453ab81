import { payload } from "./app.ts";
import type { Scenario, Stage } from "./scenario.ts";

/** Makes a short link. */
async function createLink({ app, ownerToken }: Stage, state?: "archived"): Promise<string> {
  const create = "mutation ($input: CreateLinkInput!) { createLink(input: $input) { link { id } } }";
  const input = { url: "https://example.com/" };
  const { link } = payload<{ link: { id: string } }>(await app.graphql(create, { input }, ownerToken), "createLink");
  if (state === "archived") {
    const archive = "mutation ($input: ArchiveLinkInput!) { archiveLink(input: $input) { cursor } }";
    payload(await app.graphql(archive, { input: link }, ownerToken), "archiveLink");
  }
  return link.id;
}

/** A change for each of the short links' mutations. */
export const linkScenarios: Readonly<Record<string, (stage: Stage) => Promise<Scenario>>> = {
  createLink: () => Promise.resolve({ input: { url: "https://example.com/" } }),
  updateLink: async (stage) => ({ input: { id: await createLink(stage), title: "Other" } }),
  archiveLink: async (stage) => ({ input: { id: await createLink(stage) } }),
  restoreLink: async (stage) => ({ input: { id: await createLink(stage, "archived") } }),
};
