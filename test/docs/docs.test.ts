import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../src/schema.js';
import { texts, written } from '../../src/tools/docs-tables.js';

const root = join(import.meta.dirname, '../..');
const names = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)];
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

describe('tables in texts', () => {
  for (const text of texts) {
    it(`${text.file.slice(text.file.lastIndexOf('/') + 1)} has them as the code writes them`, () => {
      const there = readFileSync(text.file, 'utf8');
      expect(there === written(text), 'run npm run docs').toBe(true);
      for (const name of Object.keys(text.tables)) expect(there).toContain(`<!-- end of ${name} -->`);
    });
  }
});

describe('the texts', () => {
  it('show GraphQL that the schema accepts', () => {
    const examples = names.flatMap((name) =>
      [...read(name).matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, text = '']) => text),
    );
    expect(examples.length).toBeGreaterThan(8);
    for (const example of examples) expect(validate(schema, parse(example))).toEqual([]);
  });

  it('map every operation of the schema', () => {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const operations = roots.flatMap((type) => Object.keys(type?.getFields() ?? {}));
    const map = read('docs/operations.md');
    expect(operations.filter((name) => !map.includes(`\`${name}\``))).toEqual([]);
  });

  it('list every table of the database', () => {
    const tables = [...read('prisma/schema.prisma').matchAll(/@@map\("(\w+)"\)/g)].map(([, table]) => table);
    const listed = read('docs/data.md');
    expect(tables.filter((table) => !listed.includes(`\`${table}\``))).toEqual([]);
  });

  it('name only files that exist', () => {
    const missing = names.flatMap((name) =>
      [...read(name).matchAll(/`((?:src|test|prisma|bench|docs)\/[\w./-]+)`/g)]
        .map(([, path = '']) => path)
        .filter((path) => !existsSync(join(root, path)))
        .map((path) => `${name}: ${path}`),
    );
    expect(missing).toEqual([]);
  });

  it('lead only to what is there', () => {
    const broken = names.flatMap((name) =>
      [...read(name).matchAll(/\]\((?!https?:)([^)#\s]+)(?:#([^)]*))?\)/g)]
        .map(([, path = '', anchor]) => [join(name, '..', path), anchor] as const)
        .filter(
          ([path, anchor]) =>
            !existsSync(join(root, path)) || (anchor && !headings(read(path)).includes(anchor)),
        )
        .map(([path, anchor]) => `${name}: ${path}#${anchor ?? ''}`),
    );
    expect(broken).toEqual([]);
  });

  it('begin with one that can be read in a sitting', () => {
    expect(read('README.md').split('\n').length).toBeLessThan(190);
  });
});

/** As GitHub names them. */
const headings = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, words = '']) =>
    words
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
