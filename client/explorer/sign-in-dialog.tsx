import { Dialog } from "@graphiql/react";
import { type SubmitEvent, useState } from "react";
import type { Account, SignInInput, TenantChoice } from "./account.ts";

interface SignInDialogProps {
  readonly account: Account;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

/** Two ways to a credential: e-mail and password, or a key. */
export function SignInDialog({ account, isOpen, onOpenChange }: SignInDialogProps) {
  const close = () => onOpenChange(false);
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <div className="explorer-dialog">
        <div className="explorer-dialog-head">
          <Dialog.Title className="explorer-dialog-title">Who is asking?</Dialog.Title>
          <Dialog.Close />
        </div>
        <Dialog.Description className="explorer-dialog-text">
          Every request carries your credential. It is kept in this browser tab&rsquo;s session storage only, and is
          gone when you close the tab or sign out.
        </Dialog.Description>
        <PasswordForm account={account} onDone={close} />
        <p className="explorer-or">
          <span>or</span>
        </p>
        <KeyForm account={account} onDone={close} />
        <p className="explorer-dialog-text">
          The first <code>npm start</code> prints an owner and two keys, and keeps them in{" "}
          <code>.nexora/credentials.json</code>.
        </p>
      </div>
    </Dialog>
  );
}

interface FormProps {
  readonly account: Account;
  readonly onDone: () => void;
}

function PasswordForm({ account, onDone }: FormProps) {
  const [problem, setProblem] = useState<string>();
  const [tenants, setTenants] = useState<readonly TenantChoice[]>([]);
  const [isBusy, setIsBusy] = useState(false);

  async function signIn(input: SignInInput): Promise<void> {
    setIsBusy(true);
    setProblem(undefined);
    try {
      const result = await account.signIn(input);
      if (result.outcome === "SIGNED_IN") onDone();
      else if (result.outcome === "CHOOSE_TENANT") setTenants(result.tenants);
      else setProblem(result.message);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setIsBusy(false);
    }
  }

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const tenantId = textOf(fields, "tenant");
    const input = { email: textOf(fields, "email"), password: textOf(fields, "password") };
    void signIn(tenantId === "" ? input : { ...input, tenantId });
  }

  return (
    <form className="explorer-form" onSubmit={submit}>
      <label>
        E-mail
        <input name="email" type="email" autoComplete="username" autoFocus required />
      </label>
      <label>
        Password
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      {tenants.length > 0 && (
        <label>
          Tenant
          <select name="tenant">
            {tenants.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <Problem text={problem} />
      <button type="submit" className="explorer-button explorer-button-primary" disabled={isBusy}>
        {isBusy ? "Signing in …" : "Sign in"}
      </button>
    </form>
  );
}

function KeyForm({ account, onDone }: FormProps) {
  const [problem, setProblem] = useState<string>();

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (account.useKey(textOf(new FormData(event.currentTarget), "key"))) onDone();
    else setProblem("A secret key begins with nx_live_, a publishable key with pk_.");
  }

  return (
    <form className="explorer-form" onSubmit={submit}>
      <label>
        Secret or publishable key
        <input
          name="key"
          type="password"
          autoComplete="off"
          spellCheck={false}
          placeholder="nx_live_… or pk_…"
          required
        />
      </label>
      <Problem text={problem} />
      <button type="submit" className="explorer-button">
        Use this key
      </button>
    </form>
  );
}

function Problem({ text }: { readonly text: string | undefined }) {
  return (
    <p className="explorer-problem" role="alert">
      {text}
    </p>
  );
}

function textOf(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === "string" ? value : "";
}
