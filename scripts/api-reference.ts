import {
  type GraphQLArgument,
  type GraphQLDirective,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  isUnionType,
} from "graphql";

/** The pages of docs/api by their file name: everything that the schema says, with a link at every type. */
export function apiReference(schema: GraphQLSchema): ReadonlyMap<string, string> {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  const roots = [
    { file: "queries.md", title: "Queries", type: schema.getQueryType() },
    { file: "mutations.md", title: "Mutations", type: schema.getMutationType() },
    { file: "subscriptions.md", title: "Subscriptions", type: schema.getSubscriptionType() },
  ];
  const isRoot = (type: GraphQLNamedType) => roots.some((root) => root.type === type);
  const pages = new Map(roots.map(({ file, title, type }) => [file, rootPage(title, type)]));
  for (const { file, title } of kinds) {
    const own = types.filter((type) => !isRoot(type) && fileOf(type) === file).toSorted(byName);
    pages.set(file, page(title, undefined, own.map(typeSection)));
  }
  const directives = schema.getDirectives().filter((directive) => !isSpecifiedDirective(directive));
  if (directives.length > 0)
    pages.set(directivesPage.file, page(directivesPage.title, undefined, directives.map(directiveSection)));
  const listed = [...roots, ...kinds, directivesPage].filter(({ file }) => pages.has(file));
  return new Map([["README.md", indexPage(listed)], ...pages]);
}

const kinds = [
  { file: "objects.md", title: "Objects, interfaces and unions" },
  { file: "inputs.md", title: "Inputs" },
  { file: "enums.md", title: "Enums" },
  { file: "scalars.md", title: "Scalars" },
] as const;

const directivesPage = { file: "directives.md", title: "Directives" };

function fileOf(type: GraphQLNamedType): (typeof kinds)[number]["file"] {
  if (isInputObjectType(type)) return "inputs.md";
  if (isEnumType(type)) return "enums.md";
  return isScalarType(type) ? "scalars.md" : "objects.md";
}

const byName = (left: GraphQLNamedType, right: GraphQLNamedType) => (left.name < right.name ? -1 : 1);

function indexPage(pages: readonly { readonly file: string; readonly title: string }[]): string {
  return page("API reference", "Generated from the schema by `npm run schema`: change the description there.", [
    pages.map(({ file, title }) => `- [${title}](${file})`).join("\n"),
  ]);
}

function rootPage(title: string, type: GraphQLObjectType | null | undefined): string {
  return page(title, type?.description, Object.values(type?.getFields() ?? {}).map(rootSection));
}

function page(title: string, description: string | null | undefined, sections: readonly string[]): string {
  return `${[`# ${title}`, ...paragraph(description), ...sections].join("\n\n")}\n`;
}

function paragraph(text: string | null | undefined): string[] {
  return text == null || text === "" ? [] : [text];
}

function rootSection(field: GraphQLField<unknown, unknown>): string {
  return [
    `## ${field.name}`,
    ...paragraph(field.description),
    ...paragraph(deprecation(field)),
    `Answers ${typeLink(field.type)}.`,
    ...(field.args.length === 0 ? [] : [table("argument", field.args.map(inputRow))]),
  ].join("\n\n");
}

function directiveSection({ name, description, args, locations, isRepeatable }: GraphQLDirective): string {
  return [
    `## @${name}`,
    ...paragraph(description),
    `On ${locations.map(code).join(", ")}${isRepeatable ? ", also repeatedly" : ""}.`,
    ...(args.length === 0 ? [] : [table("argument", args.map(inputRow))]),
  ].join("\n\n");
}

function typeSection(type: GraphQLNamedType): string {
  return [`## ${type.name}`, ...paragraph(type.description), ...bodyOf(type)].join("\n\n");
}

function bodyOf(type: GraphQLNamedType): string[] {
  if (isEnumType(type))
    return [
      table(
        "value",
        type.getValues().map((value) => [code(value.name), "", told(value)]),
      ),
    ];
  if (isInputObjectType(type)) return [table("field", Object.values(type.getFields()).map(inputRow))];
  if (isUnionType(type)) return [`One of ${type.getTypes().map(typeLink).join(", ")}.`];
  if (isScalarType(type)) return type.specifiedByURL == null ? [] : [`Specified by <${type.specifiedByURL}>.`];
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const bases = type.getInterfaces();
  return [
    ...(bases.length === 0 ? [] : [`Implements ${bases.map(typeLink).join(", ")}.`]),
    table("field", Object.values(type.getFields()).flatMap(fieldRows)),
  ];
}

type Row = readonly [name: string, type: string, told: string];

/** A field and, below it, its arguments. */
function fieldRows(field: GraphQLField<unknown, unknown>): Row[] {
  return [
    [code(field.name), typeLink(field.type), told(field)],
    ...field.args.map((argument): Row => {
      const [name, type, text] = inputRow(argument);
      return [`· ${name}`, type, text];
    }),
  ];
}

function inputRow(input: GraphQLArgument | GraphQLInputField): Row {
  const value = input.defaultValue === undefined ? "" : ` = ${code(defaultOf(input))}`;
  return [code(input.name), `${typeLink(input.type)}${value}`, told(input)];
}

function defaultOf({ defaultValue, type }: GraphQLArgument | GraphQLInputField): string {
  return isEnumType(getNamedType(type)) ? String(defaultValue) : JSON.stringify(defaultValue);
}

function told(member: {
  readonly description?: string | null | undefined;
  readonly deprecationReason?: string | null | undefined;
}): string {
  return [...paragraph(member.description), ...paragraph(deprecation(member))].join(" ");
}

function deprecation({ deprecationReason }: { readonly deprecationReason?: string | null | undefined }): string {
  return deprecationReason == null ? "" : `**Deprecated.** ${deprecationReason}`;
}

function code(text: string): string {
  return `\`${text}\``;
}

/** The type with its list and non-null marks, linked to where it is described. GraphQL's own scalars need no description. */
function typeLink(type: GraphQLType): string {
  const named = getNamedType(type);
  const text = String(type).replaceAll("[", "\\[").replaceAll("]", "\\]");
  return isScalarType(named) && isSpecifiedScalarType(named)
    ? text
    : `[${text}](${fileOf(named)}#${named.name.toLowerCase()})`;
}

function table(name: string, rows: readonly Row[]): string {
  const hasTypes = rows.some(([, type]) => type !== "");
  const line = ([first, type, text]: Row) =>
    `| ${[first, ...(hasTypes ? [type] : []), cell(text)].join(" | ")} |`.replaceAll("|  |", "| |");
  return [line([name, "type", ""]), `| ${hasTypes ? "--- | --- | ---" : "--- | ---"} |`, ...rows.map(line)].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll(/\s*\n\s*/g, " ");
}
