import pg from "pg";
import { payload, type TestApp } from "./app.ts";

/** Reads what was mailed, as the people who got it would. */
export interface Mailbox extends AsyncDisposable {
  /** Kinds of all mails to somebody, oldest first. */
  kinds(email: string): Promise<string[]>;
  /** The link in the newest mail that had one. */
  link(email: string): Promise<string>;
  /** Accepts the login that was mailed last. Returns the access token. */
  join(email: string, name?: string): Promise<string>;
}

export const memberPassword = "correct horse battery staple";

/** Keeps the links of mails, which the server forgets as soon as it has sent them. */
export async function openMailbox(app: TestApp): Promise<Mailbox> {
  const owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
  await owner.query(`
    CREATE SCHEMA mailbox;
    CREATE TABLE mailbox.mail (n serial, kind text, recipient text, link text);
    CREATE FUNCTION mailbox.keep() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
      INSERT INTO mailbox.mail (kind, recipient, link) VALUES (NEW.kind, NEW.recipient, NEW.data ->> 'link');
      RETURN NULL;
    END $$;
    CREATE TRIGGER keep AFTER INSERT ON mail FOR EACH ROW EXECUTE FUNCTION mailbox.keep()`);
  const link = async (email: string) => {
    const { rows } = await owner.query<{ link: string }>(
      "SELECT link FROM mailbox.mail WHERE recipient = $1 AND link IS NOT NULL ORDER BY n DESC LIMIT 1",
      [email],
    );
    const [row] = rows;
    if (row === undefined) throw new Error(`no link was mailed to ${email}`);
    return row.link;
  };
  return {
    link,
    async kinds(email) {
      const { rows } = await owner.query<{ kind: string }>(
        "SELECT kind FROM mailbox.mail WHERE recipient = $1 ORDER BY n",
        [email],
      );
      return rows.map(({ kind }) => kind);
    },
    async join(email, name = email) {
      const token = new URLSearchParams(new URL(await link(email)).hash.slice(1)).get("token");
      const answer = await app.graphql(
        "mutation ($input: AcceptInviteInput!) { acceptInvite(input: $input) { tokens { accessToken } userErrors { code } } }",
        { input: { token, name, password: memberPassword } },
        null,
      );
      const { tokens, userErrors } = payload<{ tokens: { accessToken: string } | null; userErrors: unknown[] }>(
        answer,
        "acceptInvite",
      );
      if (tokens === null) throw new Error(`${email} can't join: ${JSON.stringify(userErrors)}`);
      return tokens.accessToken;
    },
    async [Symbol.asyncDispose]() {
      await owner.end();
    },
  };
}
