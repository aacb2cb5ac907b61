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
  const page = renderGraphiQL(options as Parameters<typeof renderGraphiQL>[0]);
  const link = inbox ? `<a class="inbox" href="${inbox}" target="_blank" rel="noreferrer">Inbox</a>` : '';
  return page
    .replace('</head>', `<style>${style}</style></head>`)
    .replace('<div id="root"></div>', `<div id="root"></div>${link}`);
}

/**
 * A tab is drawn where it stands. GraphiQL keeps an offset of its opening animation, which moves a tab away from under the
 * pointer as soon as it is pressed: the first click on each would hit nothing.
 */
const style = `
  .graphiql-tab { transform: none !important; }
  .inbox { position: fixed; right: 16px; bottom: 12px; z-index: 10; padding: 6px 12px; border-radius: 6px;
    background: #1f4bd8; color: #fff; font: 14px/1.4 system-ui, sans-serif; text-decoration: none; }
`;
