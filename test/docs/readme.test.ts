import { readFileSync } from 'node:fs';
import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../src/schema.js';
import { readmeFile, writtenReadme } from '../../src/tools/docs-tables.js';

const readme = readFileSync(readmeFile, 'utf8');

describe('the README', () => {
  it('has its tables as the code writes them', () => {
    expect(readme === writtenReadme(), 'run npm run docs').toBe(true);
    for (const name of ['configuration', 'errors', 'limits'])
      expect(readme).toContain(`<!-- end of ${name} -->`);
  });

  it('shows GraphQL that the schema accepts', () => {
    const examples = [...readme.matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, text = '']) => text);
    expect(examples.length).toBeGreaterThan(4);
    for (const example of examples) expect(validate(schema, parse(example))).toEqual([]);
  });

  it('maps every operation of the schema', () => {
    const roots = [schema.getQueryType(), schema.getMutationType()];
    const names = roots.flatMap((root) => Object.keys(root?.getFields() ?? {}));
    expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});
