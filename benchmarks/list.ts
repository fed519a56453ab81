/** The in-memory list: 50 items of 8 fields, one of them an object. */
export interface Item {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly company: string | null;
  readonly score: number;
  readonly isActive: boolean;
  readonly createdAt: string;
  readonly owner: { readonly id: string; readonly name: string };
}

export const items: readonly Item[] = Array.from({ length: 50 }, (_, index) => ({
  id: `item_${String(index).padStart(6, "0")}`,
  name: `Item number ${index}`,
  email: `item.${index}@example.com`,
  company: index % 5 === 0 ? null : `Company ${index % 7}`,
  score: (index * 37) % 100,
  isActive: index % 3 !== 0,
  createdAt: new Date(Date.UTC(2026, 0, 1 + index)).toISOString(),
  owner: { id: `member_${index % 4}`, name: `Owner ${index % 4}` },
}));

export const listBody = JSON.stringify({
  query: `query Items($first: Int!) {
    items(first: $first) { id name email company score isActive createdAt owner { id name } }
  }`,
  operationName: "Items",
  variables: { first: 50 },
});
