import { DropdownMenu, useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { type Example, examples } from "./examples.ts";

/** Opens an example in a tab of its own, so that nobody's work is overwritten. */
export function ExamplesMenu() {
  const actions = useGraphiQLActions();
  const { queryEditor, variableEditor } = useGraphiQL(({ queryEditor, variableEditor }) => ({
    queryEditor,
    variableEditor,
  }));

  function open({ query, variables }: Example): void {
    actions.addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables ?? "");
  }

  return (
    <DropdownMenu>
      <DropdownMenu.Button
        className="explorer-examples"
        type="button"
        disabled={queryEditor === undefined || variableEditor === undefined} // they arrive after the page
      >
        Examples <span aria-hidden="true">▾</span>
      </DropdownMenu.Button>
      {/* On closing, the focus goes to the editor instead of back to the button: Ctrl-Enter runs at once. */}
      <DropdownMenu.Content
        align="end"
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          queryEditor?.focus();
        }}
      >
        {examples.map((example) => (
          <DropdownMenu.Item key={example.title} onSelect={() => open(example)}>
            {example.title}
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu>
  );
}
