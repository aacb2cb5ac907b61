import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  GetAccountDocument,
  GetPrefsDocument,
  ListLogsDocument,
  UpdatePrefsDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import type { Client, GraphqlError } from '../support/client.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { signedInPerson } from '../support/people.js';

let test: TestApp;
let client: Client;
beforeAll(async () => {
  test = await createTestApp();
  ({ client } = await signedInPerson(test));
});
afterAll(() => test.close());

/** Sends preferences as the very text that a client wrote. */
async function updateRaw(json: string) {
  const query = 'mutation Update($prefs: JSONObject!) { updatePrefs(prefs: $prefs) { prefs } }';
  const response = await client.fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"query":${JSON.stringify(query)},"variables":{"prefs":${json}}}`,
  });
  const text = await response.text();
  const { data = null, errors = [] } = JSON.parse(text) as { data?: unknown; errors?: GraphqlError[] };
  return { status: response.status, data, errors, headers: response.headers, text };
}

const updateLiteral = (literal: string) =>
  client.send(`mutation { updatePrefs(prefs: ${literal}) { prefs } }`);
const getPrefs = async () => dataOf(await client.run(GetPrefsDocument)).getPrefs;

/** Objects one in another, `levels` of them. */
const nested = (levels: number, key: string) => `${`{${key}:`.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;

describe('getPrefs', () => {
  it('answers {} until some were stored, and each user’s own', async () => {
    const { client: other } = await signedInPerson(test);
    dataOf(await client.run(UpdatePrefsDocument, { prefs: { mine: true } }));
    expect(dataOf(await other.run(GetPrefsDocument)).getPrefs).toEqual({});
    expect(await getPrefs()).toEqual({ mine: true });
  });
});

describe('updatePrefs', () => {
  it('answers the whole account with the new preferences, and is recorded', async () => {
    const { getAccount: before } = dataOf(await client.run(GetAccountDocument));
    test.clock.advance(5);
    const prefs = { theme: 'dark', sizes: [1, 2.5, -3e-7], on: true, none: null, nest: { '': 'ø 👍 \n' } };
    const { updatePrefs } = dataOf(await client.run(UpdatePrefsDocument, { prefs }));
    expect(updatePrefs).toEqual({ ...before, prefs, updatedAt: test.clock.now().toISOString() });
    expect(await getPrefs()).toEqual(prefs);
    const { listLogs } = dataOf(await client.run(ListLogsDocument, { first: 1 }));
    expect(listLogs.nodes[0]).toMatchObject({ event: 'user.update', time: updatePrefs.updatedAt });
  });

  it('keeps the order of keys', async () => {
    const json = '{"z":1,"a":{"y":1,"b":2,"aa":3},"m":[{"q":1,"c":2}],"Z":0}';
    expect((await updateRaw(json)).text).toBe(`{"data":{"updatePrefs":{"prefs":${json}}}}`);
    expect(JSON.stringify(await getPrefs())).toBe(json);
    dataOf(await updateLiteral('{zz: 1, b: 2, aaa: {y: 1, x: 2}}'));
    expect(JSON.stringify(await getPrefs())).toBe('{"zz":1,"b":2,"aaa":{"y":1,"x":2}}');
  });

  it('replaces the former object whole', async () => {
    dataOf(await client.run(UpdatePrefsDocument, { prefs: { kept: 1, deep: { a: 1, b: 2 } } }));
    dataOf(await client.run(UpdatePrefsDocument, { prefs: { deep: { b: 3 } } }));
    expect(await getPrefs()).toEqual({ deep: { b: 3 } });
    dataOf(await client.run(UpdatePrefsDocument, { prefs: {} }));
    expect(await getPrefs()).toEqual({});
  });

  it('leaves one whole object when two are stored at once', async () => {
    const [left, right] = [
      { l: 1, both: 'left' },
      { r: 1, both: 'right' },
    ];
    const calls = [left, right].map((prefs) => client.run(UpdatePrefsDocument, { prefs }));
    for (const answer of await Promise.all(calls)) expect(codeOf(answer)).toBe('ok');
    expect([left, right]).toContainEqual(await getPrefs());
  });

  it('takes 65,535 bytes of ASCII JSON, an emoji for 12 of them', async () => {
    // {"a":""} is 8 bytes, and ninety-nine emojis are 1188.
    const emojis = '👍'.repeat(99);
    const prefs = { a: emojis + 'x'.repeat(65_535 - 8 - 1188) };
    dataOf(await client.run(UpdatePrefsDocument, { prefs }));
    expect(await getPrefs()).toEqual(prefs);
    const more = { prefs: { a: `${prefs.a}x` } };
    await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () => client.run(UpdatePrefsDocument, more));
    const dearer = { prefs: { a: `👍${prefs.a.slice(0, -11)}` } };
    await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () => client.run(UpdatePrefsDocument, dearer));
  });

  it.each(['[]', '[{"a":1}]', '"{}"', '"[]"', '"hunter2"', '1', 'true', 'null'])(
    'refuses the variable %s, naming the argument and not repeating the value',
    async (json) => {
      const { errors } = await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () => updateRaw(json));
      expect(errors[0]?.message).toBe('An argument is invalid.');
      expect(errors[0]?.extensions['argument']).toBe('prefs');
    },
  );

  it.each(['[]', '[{a: 1}]', '"{}"', '"""{}"""', '1', 'true', 'null', 'DARK'])(
    'refuses the literal %s',
    async (literal) => {
      const refused = await expectRefusal(test, 'GRAPHQL_VALIDATION_FAILED', () => updateLiteral(literal));
      expect(refused.data).toBeNull();
    },
  );

  it.each([
    ['NUL in a value', '{"a":["x\\u0000"]}'],
    ['NUL in a key', '{"a":{"\\u0000":1}}'],
    ['a lone high surrogate', '{"a":"\\ud800"}'],
    ['a lone low surrogate in a key', '{"\\udc00x":1}'],
    ['a pair the wrong way round', '{"a":"\\udc00\\ud800"}'],
    ['__proto__', '{"__proto__":{"polluted":1}}'],
    ['__proto__ inside a list', '{"a":[{"__proto__":null}]}'],
    ['33 levels', nested(33, '"a"')],
    ['33 levels of lists', `{"a":${'['.repeat(32)}${']'.repeat(32)}}`],
    ['20,000 levels', nested(20_000, '"a"')],
  ])('refuses %s', async (_what, json) => {
    const { errors } = await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () => updateRaw(json));
    expect(errors[0]?.extensions['issues']).toEqual([
      { argument: 'prefs', message: expect.stringMatching(/^Must /) },
    ]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it.each([
    ['NUL', '{a: "x\\u0000"}'],
    ['__proto__', '{__proto__: {polluted: 1}}'],
    ['__proto__ further down', '{a: [{__proto__: {polluted: 1}}]}'],
    ['33 levels', nested(33, 'a')],
  ])('refuses %s in a literal', async (_what, literal) => {
    await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () => updateLiteral(literal));
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('refuses a lone surrogate in a literal before anything runs', async () => {
    await expectRefusal(test, 'GRAPHQL_PARSE_FAILED', () => updateLiteral('{a: "\\ud800"}'));
  });

  it('stores 32 levels, as variable and as literal', async () => {
    expect(codeOf(await updateRaw(nested(32, '"a"')))).toBe('ok');
    expect(JSON.stringify(await getPrefs())).toBe(nested(32, '"a"'));
    expect(codeOf(await updateLiteral(nested(32, 'b')))).toBe('ok');
    expect(JSON.stringify(await getPrefs())).toBe(nested(32, '"b"'));
  });

  it.each([
    '{"constructor":{"prototype":{"polluted":1}},"toString":1,"hasOwnProperty":null,"toJSON":"x"}',
    '{"set":{"a":1},"push":[1],"increment":1}',
    '{"then":"x","catch":{"then":1},"valueOf":2,"length":-1}',
    '{"$type":"Json","value":"{}"}',
    '{"a":{"$type":"DateTime","value":"2026-01-01T00:00:00.000Z"}}',
    '{"prisma__type":"param","prisma__value":{"name":"x","type":"Any"}}',
    '{"a":{"__prismaRawParameters__":true,"values":"[1]"}}',
    '{"__prismaRawParameters__":true,"values":"{}"}',
    `{"sql":"' OR 1=1--","like":"%_\\\\"}`,
  ])('stores %s as the plain keys and texts that they are', async (json) => {
    expect((await updateRaw(json)).text).toBe(`{"data":{"updatePrefs":{"prefs":${json}}}}`);
    expect(JSON.stringify(await getPrefs())).toBe(json);
    // Whatever was stored must not cost the next case its account.
    dataOf(await client.run(UpdatePrefsDocument, { prefs: {} }));
  });
});
