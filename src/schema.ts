import './features/account/schema.js';
import './features/addresses/schema.js';
import './features/oauth2/identities/schema.js';
import './features/jwt/schema.js';
import './features/logs/schema.js';
import './features/mfa/factors/schema.js';
import './features/mfa/authenticators/schema.js';
import './features/mfa/challenges/schema.js';
import './features/mfa/recovery-codes/schema.js';
import './features/oauth2/flows/schema.js';
import './features/prefs/schema.js';
import './features/operators/messages/schema.js';
import './features/operators/users/schema.js';
import './features/passkeys/schema.js';
import './features/recovery/schema.js';
import './features/sessions/schema.js';
import './features/passwords/schema.js';
import './features/sign-in/anonymous/schema.js';
import './features/sign-in/passkey/schema.js';
import './features/sign-in/password/schema.js';
import './features/sign-in/secret/schema.js';
import './features/verification/schema.js';
import './graphql/error-code.js';
import './graphql/scalars.js';
import { builder } from './graphql/builder.js';

/** The whole schema: every room has put its fields on the builder by now. */
export const schema = builder.toSchema();
