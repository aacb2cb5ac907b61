import { parse, print, stripIgnoredCharacters } from 'graphql';
import { describe, expect, it } from 'vitest';
import * as documents from '../../src/client/documents.js';
import * as account from '../../src/client/generated/account.js';
import * as operators from '../../src/client/generated/operators.js';
import * as signIn from '../../src/client/generated/sign-in.js';
import * as subscriptions from '../../src/client/generated/subscriptions.js';
import { textOf } from '../../src/client/document-text.js';

describe('the text of a document', () => {
  it('means the same as graphql’s for every operation of the package', () => {
    for (const document of Object.values(documents))
      expect(print(parse(textOf(document)))).toBe(print(document));
  });

  it('is that of the operation of the same name', () => {
    const texts = Object.values(documents).map((document) => stripIgnoredCharacters(print(document)));
    const operations = { ...signIn, ...account, ...operators, ...subscriptions };
    expect(Object.values<string>(operations).filter((text) => !texts.includes(text))).toEqual([]);
  });

  it('means the same for everything that a document of one’s own may hold', () => {
    const document = parse(`
      query Q($a: [Int!]! = [1, 2], $b: In = { k: "v\\n\\"q\\"", e: RED, n: null, f: 1.5, t: true } @d, $c: ID) @live(if: $c) {
        alias: field(list: $a, o: { x: $b, y: [] }) @include(if: true) { ... on T @skip(if: false) { id } ... @defer { x } ...F @x }
      }
      subscription S { ... { logCreated(text: """block "text" \\u00e9""") { id } } }
      mutation { update }
      fragment F on User @d(a: -1) { __typename }
    `);
    expect(stripIgnoredCharacters(print(parse(textOf(document))))).toBe(
      stripIgnoredCharacters(print(document)).replace(/"""(.*?)"""/, (_, text: string) =>
        JSON.stringify(text),
      ),
    );
    expect(textOf(document)).toBe(textOf(document));
  });

  it('refuses what is no operation', () => {
    expect(() => textOf(parse('type A { b: C }'))).toThrow(TypeError);
  });
});
