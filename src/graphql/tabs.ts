/** What GraphiQL opens with: one tab a step, from sign-up to the security log. Without variables, which it would not fill in. */
export const tabs = (publicUrl: string): { query: string }[] => [
  {
    query: `# Welcome to Gatehouse. Each tab is one step.
# Run it with the play button or Ctrl-Enter.
# A tab may need a second click to open.
#
# 1. Sign up. This does not sign you in.
mutation SignUp {
  createAccount(
    email: "ada@example.com"
    password: "correct horse battery"
    name: "Ada"
  ) {
    id
    email
    registeredAt
  }
}
`,
  },
  {
    query: `# 2. Sign in. This browser gets an HttpOnly
# cookie, so the next tabs just work. Other
# clients send the secret instead:
# Authorization: Bearer <secret>
mutation SignIn {
  createEmailPasswordSession(
    email: "ada@example.com"
    password: "correct horse battery"
  ) {
    id
    secret
    expiresAt
    factors
  }
}
`,
  },
  {
    query: `# 3. Read everything in one round trip.
query Me {
  getAccount {
    id
    name
    email
    emailVerified
    prefs
    sessions {
      totalCount
      nodes {
        id
        current
        provider
        origin { ip client { name } os { name } }
      }
    }
  }
}
`,
  },
  {
    query: `# 4. Prove that the address is yours. The mail
# shows up at /inbox; its button does the rest.
mutation VerifyAddress {
  createVerification(
    url: "${publicUrl}/auth/verification"
  ) {
    id
    expiresAt
  }
}
`,
  },
  {
    query: `# 5. Store preferences. The object replaces
# the former one whole.
mutation StorePreferences {
  updatePrefs(
    prefs: { theme: "dark", language: "en" }
  ) {
    prefs
  }
}
`,
  },
  {
    query: `# 6. See what happened, newest first.
query SecurityLog {
  listLogs(first: 10) {
    totalCount
    nodes {
      event
      time
      origin {
        ip
        country { name }
        client { name version }
      }
    }
  }
}
`,
  },
  {
    query: `# 7. Sign out on this device.
mutation SignOut {
  deleteSession(sessionId: "current") {
    deletedSessionId
  }
}
`,
  },
];
