/** The tabs that GraphiQL opens with: one tab for each step from sign-up to sign-out, then one tab for each topic. If a tab has several operations, the
 * play button asks which one to run. The operations have no variables, because GraphiQL would not fill them in.
 */
export const graphiqlTabs: readonly { readonly query: string; readonly headers?: string }[] = [
  {
    query: `# Welcome to Gatehouse. Each tab is a step.
# Run it with the play button or Ctrl-Enter.
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
    missingFactors
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
    query: `# 4. Verify your address. Open the email in the
# inbox (link below) and use its button.
mutation VerifyAddress {
  createVerification {
    id
    expiresAt
  }
}
`,
  },
  {
    query: `# 5. Store preferences. The new object replaces
# the previous one completely.
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
  {
    query: `# 8. A second factor, from the first step to
# the last. The play button asks which operation
# to run. Sign in first (tab 2).

# a. Open qrCode in a new browser tab and scan
# it, or type the secret into an app.
mutation AddAuthenticator {
  createMfaAuthenticator(type: TOTP) {
    secret
    uri
    qrCode
  }
}

# b. Put in the six digits that the app shows.
mutation ConfirmAuthenticator {
  updateMfaAuthenticator(type: TOTP, otp: "123456") {
    id
  }
}

# c. After b has succeeded, require a second
# factor at every sign-in.
mutation TurnMfaOn {
  updateMFA(mfa: true) {
    mfaEnabled
  }
}

# d. Sign out (tab 7) and in again (tab 2). Now
# missingFactors says TOTP. Start a challenge.
mutation AskForChallenge {
  createMfaChallenge(factor: TOTP) {
    id
    expiresAt
  }
}

# e. Pass the challenge. Use its id and a new code.
mutation PassChallenge {
  updateMfaChallenge(
    challengeId: "00000000-0000-7000-8000-000000000000"
    otp: "123456"
  ) {
    factors
    missingFactors
  }
}

# f. Create recovery codes in case you lose your
# phone.
mutation RecoveryCodes {
  createMfaRecoveryCodes {
    recoveryCodes
  }
}
`,
  },
  {
    query: `# 9. Sign in without a password. Sign out first
# (tab 7). Codes and links arrive in the inbox.

mutation EmailCode {
  createEmailToken(email: "grace@example.com", phrase: true) {
    userId
    phrase
    expiresAt
  }
}

mutation PhoneCode {
  createPhoneToken(phone: "+14155550100") {
    userId
    expiresAt
  }
}

# Use the userId from the response and the code
# from the message.
mutation RedeemCode {
  createSession(userId: "put-the-userId-here", secret: "123456") {
    id
    userId
    provider
  }
}

mutation MagicLink {
  createMagicURLToken(email: "grace@example.com") {
    id
    expiresAt
  }
}

mutation Anonymous {
  createAnonymousSession {
    id
    userId
  }
}

# Open the url in the response. The server needs
# OAUTH_GITHUB_CLIENT_ID and
# OAUTH_GITHUB_CLIENT_SECRET.
mutation Provider {
  createOAuth2Token(provider: GITHUB) {
    url
  }
}
`,
  },
  {
    query: `# 10. Follow the security log, live. Sign in first,
# run this, then change something in another
# window. The new entry appears here. The square
# button stops the subscription.
subscription LiveLog {
  logCreated {
    event
    detail
    time
    origin { ip client { name } }
  }
}
`,
  },
  {
    query: `# 11. A forgotten password: the button in the email
# opens a page that asks for a new one.
mutation Recover {
  createRecovery(email: "ada@example.com") {
    id
    expiresAt
  }
}
`,
  },
  {
    query: `# 12. The account and its devices. Sign in first
# (tab 2).

query Devices {
  listSessions {
    totalCount
    nodes {
      id
      current
      createdAt
      origin { client { name } os { name } }
    }
  }
}

mutation ChangeName {
  updateName(name: "Ada Lovelace") {
    name
  }
}

mutation ChangePassword {
  updatePassword(
    password: "another correct battery"
    oldPassword: "correct horse battery"
  ) {
    passwordUpdatedAt
  }
}

# For other services: see /.well-known/jwks.json
mutation Jwt {
  createJWT {
    jwt
    expiresAt
  }
}

query Providers {
  listIdentities {
    nodes { provider providerEmail }
  }
}

mutation SignOutEverywhere {
  deleteSessions {
    deletedSessionIds
  }
}
`,
  },
  {
    query: `# 13. Passkeys. Only a page can add one or sign in
# with one, because the browser asks for it: see
# docs/passkeys.md. Sign in first (tab 2).
query Passkeys {
  listPasskeys {
    nodes { id name lastUsedAt }
  }
}

# What a page passes to navigator.credentials.create
mutation StartPasskey {
  createPasskeyRegistration {
    id
    options
    expiresAt
  }
}

mutation RenamePasskey {
  updatePasskey(
    passkeyId: "00000000-0000-7000-8000-000000000000"
    name: "Phone"
  ) {
    name
  }
}

mutation RemovePasskey {
  deletePasskey(passkeyId: "00000000-0000-7000-8000-000000000000") {
    deletedPasskeyId
  }
}
`,
  },
  {
    query: `# 14. For operators. Start the server with the
# OPERATOR_KEYS that "npx gatehouse keys" prints,
# sign out (tab 7), and paste the value of
# GATEHOUSE_OPERATOR_KEY under "Headers" below.
query FindUsers {
  listUsers(search: "ada", first: 10) {
    totalCount
    nodes { id email emailVerified enabled }
  }
}

query FailedMessages {
  listMessages(state: FAILED) {
    nodes { id to kind attempts lastError }
  }
}

mutation BlockUser {
  updateUserStatus(userId: "put-the-id-here", enabled: false) {
    enabled
  }
}
`,
    headers: '{ "authorization": "Bearer put-the-key-here" }',
  },
];
