import { builder } from '../../graphql/builder.js';
import type { TokenView } from './service.js';

/** The receipt of a token. */
export const Token = builder.objectRef<TokenView>('Token').implement({
  description: 'The receipt of a one-time secret. The secret itself leaves by mail or SMS only.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the token.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    userId: t.exposeID('userId', {
      description:
        'What to redeem the secret with. A handle made alike for addresses somebody has and nobody has; the user’s own ' +
        'id does as well.',
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends.' }),
    phrase: t.exposeString('phrase', {
      nullable: true,
      description: 'The security phrase of the mail, for your page to show; null unless asked for.',
    }),
  }),
});
