/** A page, as every list of the API gives it. The document has to select both fields, and `hasNextPage` and `endCursor`. */
export interface ConnectionPage<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** All rows of a list, page by page: the next page is asked for when the loop has used up the last one. */
export async function* paginate<Node>(
  readPage: (after: string | null) => Promise<ConnectionPage<Node>>,
  start: string | null,
): AsyncGenerator<Node, undefined, undefined> {
  let after = start;
  for (;;) {
    const { nodes, pageInfo } = await readPage(after);
    yield* nodes;
    if (!pageInfo.hasNextPage || pageInfo.endCursor === null || pageInfo.endCursor === after) return;
    after = pageInfo.endCursor;
  }
}
