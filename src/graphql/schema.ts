import '../features/account/schema.js';
import '../features/credentials/schema.js';
import '../features/identities/schema.js';
import '../features/jwt/schema.js';
import '../features/logs/schema.js';
import '../features/mfa/schema.js';
import '../features/mfa-authenticators/schema.js';
import '../features/mfa-challenges/schema.js';
import '../features/mfa-recovery-codes/schema.js';
import '../features/oauth2/schema.js';
import '../features/prefs/schema.js';
import '../features/recovery/schema.js';
import '../features/sessions/schema.js';
import '../features/sign-in/schema.js';
import '../features/sign-in-tokens/schema.js';
import '../features/verification/schema.js';
import './error-code.js';
import './scalars.js';
import { builder } from './builder.js';

/** The whole schema: every room has put its fields on the builder by now. */
export const schema = builder.toSchema();
