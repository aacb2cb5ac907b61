// Runs operations of the API from a page, and shows the result.

/** The API rejected an operation. */
class ResponseError extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

interface GraphqlResponse<Result> {
  readonly data?: Readonly<Record<string, Result>> | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

/** Runs an operation, and returns the value of its last root field. */
export async function run<Result>(query: string, variables: object = {}): Promise<Result> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as GraphqlResponse<Result>;
  if (errors?.[0]) throw new ResponseError(errors[0].extensions.code);
  const result = Object.values(data ?? {}).at(-1);
  if (result === undefined) throw new Error('The response contains no data.');
  return result;
}

/** The text for an error, from the texts by code. */
export function problemText(problems: Readonly<Record<string, string>>, error: unknown): string {
  const key = error instanceof ResponseError ? error.code : 'unreachable';
  return problems[key] ?? problems['other'] ?? key;
}

export function setText(id: string, text: string): void {
  const element = document.getElementById(id);
  if (element) element.textContent = text;
}

export function setHidden(id: string, isHidden: boolean): void {
  const element = document.getElementById(id);
  if (element) element.hidden = isHidden;
}
