import type { GraphiQLOptions } from 'graphql-yoga';
import { graphiqlTabs } from './graphiql-tabs.js';

interface Parts {
  readonly appName: string;
  /** Where the messages are; null where there is no inbox. */
  readonly inbox: string | null;
}

/** How GraphiQL opens. */
export const graphiqlOptions = ({ appName }: Pick<Parts, 'appName'>): GraphiQLOptions => ({
  title: appName,
  defaultTabs: [...graphiqlTabs],
  defaultEditorToolsVisibility: 'variables',
  credentials: 'same-origin',
  schemaDescription: true,
});

/** Megabytes of script, loaded when somebody opens the page. */
export async function renderGraphiql(options: unknown, { inbox }: Pick<Parts, 'inbox'>): Promise<string> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const page = withOperationOfTab(renderGraphiQL(options as Parameters<typeof renderGraphiQL>[0]));
  const link = inbox ? `<a class="inbox" href="${inbox}" target="_blank" rel="noreferrer">Inbox</a>` : '';
  return page
    .replace('</head>', `<style>${style}</style></head>`)
    .replace('<div id="root"></div>', `<div id="root"></div>${link}`);
}

/** Where GraphiQL's script names the operation to run: the one that was chosen, or the one that it found in the editor. */
const operationToRun = 'operationName:f??c}';

/**
 * GraphiQL looks for the operation of a tab 100 ms after the tab was opened. If the user runs the tab before that, GraphiQL would run an operation of the
 * previous tab, which the document does not contain. The name is sent only if the editor contains it.
 */
function withOperationOfTab(page: string): string {
  const [before, after] = page.split(operationToRun);
  if (before === undefined || after === undefined)
    throw new Error('GraphiQL has changed: look for `operationName` in its `run`.');
  return `${before}operationName:[f??c].find(name=>name&&new RegExp("(query|mutation|subscription) "+name+"\\\\b").test(E))}${after}`;
}

/**
 * A tab is drawn where it stands. GraphiQL keeps an offset of its opening animation, which moves a tab away from under the
 * pointer as soon as it is pressed: the first click on each would hit nothing.
 */
const style = `
  .graphiql-tab { transform: none !important; }
  .graphiql-tabs { counter-reset: tab; }
  .graphiql-tab-button { counter-increment: tab; }
  .graphiql-tab-button::before { content: counter(tab) '. '; }
  .inbox { position: fixed; right: 16px; bottom: 12px; z-index: 10; padding: 6px 12px; border-radius: 6px;
    background: #1f4bd8; color: #fff; font: 14px/1.4 system-ui, sans-serif; text-decoration: none; }
`;
