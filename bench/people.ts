/** Somebody who has signed up and in. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly secret: string;
  readonly jwt: string;
}

interface SignedUp {
  readonly createAccount: { id: string };
  readonly session1: { secret: string };
}

/** Each person has an address of their own, and each run others: no limit is what is measured here. */
const run = Date.now() % 65_536;
const password = 'a horse that counts to 17';

/** Signs up so many people, each with three sessions. */
export async function signUp(url: string, count: number): Promise<Person[]> {
  const people: Person[] = [];
  while (people.length < count) people.push(await signUpOne(url, people.length));
  return people;
}

async function signUpOne(url: string, index: number): Promise<Person> {
  const email = `person-${index}-${Date.now()}@example.com`;
  const address = `10.${run >> 8}.${run & 255}.${index}`;
  const ask = async <Data>(query: string, secret?: string): Promise<Data> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': address,
        ...(secret && { authorization: `Bearer ${secret}` }),
      },
      body: JSON.stringify({ query, variables: { email, password } }),
    });
    const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
    if (errors) throw new Error(`${query}: ${JSON.stringify(errors)}`);
    return data;
  };
  const signIn = 'createEmailPasswordSession(email: $email, password: $password) { secret }';
  const { createAccount } = await ask<SignedUp>(
    'mutation($email: String!, $password: String!) { createAccount(email: $email, password: $password) { id } }',
  );
  let secret = '';
  for (let session = 1; session <= 3; session += 1) {
    const { session1 } = await ask<SignedUp>(
      `mutation($email: String!, $password: String!) { session1: ${signIn} }`,
    );
    secret = session1.secret;
  }
  const { createJWT } = await ask<{ createJWT: { jwt: string } }>('mutation { createJWT { jwt } }', secret);
  return { id: createAccount.id, email, password, secret, jwt: createJWT.jwt };
}
