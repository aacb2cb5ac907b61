import { expect } from 'vitest';
import type { Answer } from './client.js';
import type { TestApp } from './app.js';

/** The data of an answer that must have no errors and no null root fields. */
export function dataOf<Data>(answer: Answer<Data>): { [Field in keyof Data]: NonNullable<Data[Field]> } {
  expect(answer.errors).toEqual([]);
  expect(answer.status).toBe(200);
  return answer.data as { [Field in keyof Data]: NonNullable<Data[Field]> };
}

/** The codes of an answer, in the order of its errors; `ok` for one without. */
export const codeOf = (answer: Answer<unknown>): string =>
  answer.errors.length === 0 ? 'ok' : answer.errors.map(({ extensions }) => extensions.code).join(' ');

/** Holds that the call is refused with the code, and that no row changed. */
export async function expectRefusal(
  test: TestApp,
  code: string,
  call: () => Promise<Answer<unknown>>,
): Promise<Answer<unknown>> {
  const before = await test.fingerprint();
  const answer = await call();
  expect(codeOf(answer)).toBe(code);
  expect(await test.fingerprint()).toEqual(before);
  return answer;
}
