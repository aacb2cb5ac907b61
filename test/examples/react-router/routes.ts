import { isAccountError } from 'gatehouse-client';
import { createServerClient } from 'gatehouse-client/server';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from 'react-router';

/** One for each request. */
const clientOf = (request: Request) =>
  createServerClient(request, {
    url: process.env['ACCOUNTS_URL'] ?? 'http://127.0.0.1:4000/graphql',
    origin: 'https://app.example.com',
    // Set by the proxy in front of your app.
    address: request.headers.get('x-forwarded-for'),
  });

/** Shows the account, or the sign-in page. */
export async function loader({ request }: LoaderFunctionArgs) {
  const client = clientOf(request);
  const step = await client.signIn.resume();
  const account = step?.status === 'signedIn' ? await client.getAccount() : null;
  // The page passes `session` to the `createClient` of the browser.
  return { session: client.session, account };
}

/** Signs in. */
export async function action({ request }: ActionFunctionArgs) {
  const client = clientOf(request);
  const form = await request.formData();
  const [email, password] = ['email', 'password'].map((name) => String(form.get(name)));
  try {
    await client.signIn.withPassword({ email: email ?? '', password: password ?? '' });
  } catch (error) {
    if (!isAccountError(error)) throw error;
    return data({ message: error.message }, { status: 400 });
  }
  return redirect('/', { headers: client.responseHeaders });
}
