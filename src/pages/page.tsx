import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComponentChildren } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import { newSecret } from '../secrets/random.js';

const commonStyle = `
  :root { color-scheme: light dark; --ink: #1c1e21; --soft: #5c6066; --paper: #fff; --ground: #f4f5f7; --line: #dfe2e7; --accent: #1f4bd8; --on-accent: #fff; --wrong: #b3261e; }
  @media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a0a5ad; --paper: #1f2226; --ground: #141619; --line: #363a40; --accent: #8fa8ff; --on-accent: #0d1433; --wrong: #ff9c93; } }
  * { box-sizing: border-box; }
  body { margin: 0; padding: 24px 16px; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
  main { max-width: 760px; margin: 0 auto; }
  h1 { font-size: 24px; line-height: 1.25; margin: 0 0 16px; }
  .card { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 20px; margin-bottom: 16px; overflow-wrap: anywhere; }
  .narrow { max-width: 460px; margin: 8vh auto 0; }
  .soft { color: var(--soft); font-size: 14px; }
  button, .button { font: inherit; padding: 10px 16px; border: 0; border-radius: 6px; background: var(--accent); color: var(--on-accent); cursor: pointer; text-decoration: none; display: inline-block; }
  button.plain { background: none; color: var(--accent); border: 1px solid var(--line); }
  button:disabled { opacity: .5; cursor: default; }
  input { font: inherit; width: 100%; padding: 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--ground); color: var(--ink); margin: 4px 0 16px; }
  input[readonly] { color: var(--soft); }
  input[aria-invalid] { border-color: var(--wrong); margin-bottom: 4px; }
  .problem { color: var(--wrong); margin: 0 0 16px; }
  .problem:empty { margin: 0; }
  form + form { margin-top: 12px; }
  .code { font: 600 28px/1.2 ui-monospace, Menlo, Consolas, monospace; letter-spacing: 4px; }
  .row { display: flex; gap: 8px; align-items: center; justify-content: space-between; flex-wrap: wrap; }
  [hidden] { display: none !important; }
  iframe { width: 100%; height: 320px; border: 1px solid var(--line); border-radius: 6px; background: #fff; margin-top: 12px; }
  summary { cursor: pointer; color: var(--soft); font-size: 14px; margin-top: 12px; }
`;

export interface PageParts {
  readonly title: string;
  /** The language of the page. The default is English. */
  readonly lang?: string;
  /** The name of the script: `src/pages/<script>/<script>.client.ts` or `.client.tsx`. */
  readonly script: string;
  /** CSS in addition to the style sheet of all pages. */
  readonly style?: string;
  /** The data for the script, as JSON in the element `data`. */
  readonly data?: unknown;
  readonly children: ComponentChildren;
}

/** A page as HTML, and the headers that it needs. */
export interface RenderedPage {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Renders a page that contains its own script and style. The browser runs no other script. */
export function renderPage({
  title,
  lang = 'en',
  script,
  style = '',
  data,
  children,
}: PageParts): RenderedPage {
  const nonce = newSecret();
  const code = readFileSync(join(import.meta.dirname, '../generated/pages', `${script}.client.js`), 'utf8');
  const page = (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style nonce={nonce} dangerouslySetInnerHTML={{ __html: commonStyle + style }} />
      </head>
      <body>
        {children}
        <script
          type="application/json"
          id="data"
          dangerouslySetInnerHTML={{ __html: escapeJson(data ?? null) }}
        />
        <script type="module" nonce={nonce} dangerouslySetInnerHTML={{ __html: code }} />
      </body>
    </html>
  );
  return {
    html: `<!doctype html>${renderToStaticMarkup(page)}`,
    headers: {
      'content-security-policy':
        `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; img-src data:; ` +
        `frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      // Without a referrer, browsers also omit the origin of a form, and the server then rejects the form as cross-site.
      'referrer-policy': 'same-origin',
    },
  };
}

const escapeJson = (data: unknown): string => JSON.stringify(data).replaceAll('<', '\\u003c');
