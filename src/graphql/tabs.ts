/** What GraphiQL opens with: one tab a step, from sign-up to the security log. */
export const tabs: readonly { query: string; variables?: string }[] = [
  {
    query: `# Welcome to Gatehouse. Each tab is one step; run it with the play button (or Ctrl-Enter).
# 1. Sign up. Nothing is mailed, and you are not signed in yet.
mutation SignUp($email: String!, $password: String!) {
  createAccount(email: $email, password: $password, name: "Ada") {
    id
    email
    registeredAt
  }
}
`,
    variables: '{ "email": "ada@example.com", "password": "correct horse battery" }',
  },
  {
    query: `# 2. Sign in. The browser gets an HttpOnly cookie, so the next tabs just work.
# Other clients send the secret: Authorization: Bearer <secret>
mutation SignIn($email: String!, $password: String!) {
  createEmailPasswordSession(email: $email, password: $password) {
    id
    secret
    expiresAt
    factors
  }
}
`,
    variables: '{ "email": "ada@example.com", "password": "correct horse battery" }',
  },
  {
    query: `# 3. Read the account: everything in one round trip.
query Me {
  getAccount {
    id
    name
    email
    emailVerified
    prefs
    sessions {
      totalCount
      nodes { id current provider origin { ip client { name } os { name } } }
    }
  }
}
`,
  },
  {
    query: `# 4. Store preferences. The object replaces the former one whole.
mutation StorePreferences($prefs: JSONObject!) {
  updatePrefs(prefs: $prefs) {
    prefs
  }
}
`,
    variables: '{ "prefs": { "theme": "dark", "language": "en" } }',
  },
  {
    query: `# 5. See what happened on the account, newest first.
query SecurityLog {
  listLogs(first: 10) {
    totalCount
    nodes { event time origin { ip country { name } client { name version } } }
  }
}
`,
  },
  {
    query: `# 6. Sign out on this device.
mutation SignOut {
  deleteSession(sessionId: "current") {
    deletedSessionId
  }
}
`,
  },
];
