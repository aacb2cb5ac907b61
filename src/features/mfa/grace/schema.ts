import { isMfaRequired, lacksMfa } from '../../../access/mfa-requirement.js';
import { builder } from '../../../graphql/builder.js';
import { User } from '../../account/schema.js';
import { Session } from '../../sessions/schema.js';

builder.objectField(User, 'mfaDueAt', (t) =>
  t.field({
    type: 'DateTime',
    nullable: true,
    description:
      'End of the grace period, if the server demands MFA of this user (`MFA_REQUIRED`). After it, sessions without MFA can only read the account, ' +
      'add a second factor and sign out. Null if MFA is on or not demanded, or if the grace period has not begun. The period begins at the first ' +
      'sign-in or change without MFA.',
    resolve: (user, _args, { deps }) =>
      isMfaRequired(deps.config, user) && !user.mfaEnabled ? deps.mfaGrace.end(user.id) : null,
  }),
);

builder.objectField(Session, 'enrolmentRequired', (t) =>
  t.boolean({
    description:
      'Whether the session may only read the account, add a second factor and sign out, because the server demands MFA (`MFA_REQUIRED`) and ' +
      'the account does not have it. The client has to let the user add a factor, and turn MFA on with updateMFA.',
    resolve: async ({ id: sessionId, userId }, _args, { deps }) => {
      if (deps.config.MFA_REQUIRED === 'off') return false;
      const live = await deps.liveSessions.byClaims({ sessionId, userId });
      if (!live || !isMfaRequired(deps.config, live.user) || !lacksMfa(live.user, live.session)) return false;
      const dueAt = await deps.mfaGrace.end(userId);
      return dueAt !== null && dueAt <= deps.clock.now();
    },
  }),
);
