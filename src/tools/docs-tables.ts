import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Budget, budgets, describeBudget } from '../access/budget.js';
import { configTable } from '../config.js';
import { catalogue, errorCodes } from '../errors/catalogue.js';
import { schema } from '../schema.js';
import { providerNames } from '../oauth2-providers/names.js';
import { isOidc } from '../oauth2-providers/provider.js';
import { providers } from '../oauth2-providers/providers.js';
import type { OperationPolicy } from '../access/policy.js';

export const readmeFile = join(import.meta.dirname, '../../README.md');

const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[][]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

const configuration = (): string =>
  table(
    ['variable', 'default', 'meaning'],
    configTable().map(({ name, fallback, meaning }) => [`\`${name}\``, fallback, meaning]),
  );

const errors = (): string =>
  table(
    ['code', 'message', 'what to do'],
    errorCodes.map((code) => [`\`${code}\``, catalogue[code].message, catalogue[code].remedy]),
  );

/** Which operations draw on which budget. */
function limits(): string {
  const users = new Map<string, { budget: Budget; operations: string[] }>();
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const { name, extensions } of Object.values(root?.getFields() ?? {})) {
      const { policy } = extensions['pothosOptions'] as { policy: OperationPolicy };
      for (const budget of policy.budgets) {
        const user = users.get(budget.name) ?? { budget, operations: [] };
        user.operations.push(name);
        users.set(budget.name, user);
      }
    }
  }
  const known = Object.values(budgets).flat();
  return table(
    ['limit', 'operations that share it'],
    [...users.values()]
      .sort(
        (a, b) =>
          known.findIndex(({ name }) => name === a.budget.name) -
          known.findIndex(({ name }) => name === b.budget.name),
      )
      .map(({ budget, operations }) => [describeBudget(budget), operations.sort().join(', ')]),
  );
}

/** The provider entries, and whether what they say of an address can be taken for proven. */
const providerTable = (): string =>
  table(
    ['provider', 'variables beside its id and secret', 'protocol', 'scopes', 'vouches for the address'],
    providerNames.map((name) => {
      const provider = providers[name];
      const issuer = isOidc(provider) ? provider.issuer === null : provider.selfHosted !== undefined;
      return [
        `\`${name}\``,
        issuer ? `\`OAUTH_${name}_ISSUER\`${isOidc(provider) ? '' : ' for a host of your own'}` : '',
        isOidc(provider) ? 'OpenID Connect' : 'OAuth 2.0',
        provider.scopes.map((scope) => `\`${scope}\``).join(' '),
        provider.vouchesForEmail ? 'yes, where it says so' : 'no',
      ];
    }),
  );

const tables: Record<string, () => string> = { configuration, errors, limits, providers: providerTable };

/** The README with its generated tables as they should stand between their markers. */
export const writtenReadme = (): string =>
  Object.entries(tables).reduce(
    (text, [name, make]) =>
      text.replace(
        new RegExp(`(<!-- ${name}: written by npm run docs -->)[\\s\\S]*?(<!-- end of ${name} -->)`),
        (_match, open: string, close: string) => `${open}\n${make()}\n${close}`,
      ),
    readFileSync(readmeFile, 'utf8'),
  );
