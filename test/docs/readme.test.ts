import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../src/schema.js';
import { texts, written } from '../../src/tools/docs-tables.js';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

describe('tables in texts', () => {
  for (const text of texts) {
    it(`${text.file.slice(text.file.lastIndexOf('/') + 1)} has them as the code writes them`, () => {
      const read = readFileSync(text.file, 'utf8');
      expect(read === written(text), 'run npm run docs').toBe(true);
      for (const name of Object.keys(text.tables)) expect(read).toContain(`<!-- end of ${name} -->`);
    });
  }
});

describe('the README', () => {
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
