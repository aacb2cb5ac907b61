import { limits } from '../../limits/limits.js';
import { inWords, lifetimes } from '../../clock.js';
import { builder } from '../../graphql/builder.js';
import { mutation } from '../../graphql/operation.js';
import { type UndoneView, undoChange } from './service.js';

const UndoneChange = builder.objectRef<UndoneView>('UndoneChange').implement({
  description: 'A change that was taken back.',
  fields: (t) => ({
    event: t.exposeString('event', {
      description:
        'What was taken back, by the name of its notice, such as `emailChanged` or `passkeyAdded`.',
    }),
    undoneAt: t.expose('undoneAt', { type: 'DateTime', description: 'When it was taken back.' }),
  }),
});

mutation('undoChange', {
  type: UndoneChange,
  description:
    'Say “this was not me” with the link of a notice, once, within ' +
    `${inWords(lifetimes.undo)}. The change is taken back where it can be, with those that came after it, and the account has the e-mail address again that was ` +
    'told. All sessions, codes and links end, the password no longer works, and a recovery mail goes to that address.',
  policy: {
    access: 'public',
    guessesSecret: true,
    limits: limits.confirm,
    errors: ['GENERAL_ARGUMENT_INVALID', 'USER_INVALID_TOKEN'],
  },
  args: (arg) => ({
    userId: arg.id({ description: '`userId` of the link.' }),
    secret: arg.string({ description: '`secret` of the link.' }),
  }),
  resolve: (args, { deps, requester }) => undoChange(deps, args, requester),
});
