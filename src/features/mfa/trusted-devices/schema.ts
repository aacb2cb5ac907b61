import { inWords, later, lifetimes } from '../../../clock.js';
import type { TrustedDevice as TrustedDeviceView } from '../../../devices/trusted-devices.js';
import { builder } from '../../../graphql/builder.js';
import { mutation, query } from '../../../graphql/operation.js';
import { OriginType } from '../../../graphql/origin.js';
import { limits } from '../../../limits/limits.js';
import { deleteTrustedDevice, listOwnTrustedDevices } from './service.js';

const TrustedDevice = builder.objectRef<TrustedDeviceView>('TrustedDevice').implement({
  description: 'A browser on which the user can sign in with one factor, although MFA is on.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the device.' }),
    createdAt: t.expose('trustedAt', { type: 'DateTime', description: 'When the user trusted the device.' }),
    expiresAt: t.field({
      type: 'DateTime',
      description: `When the trust ends: ${inWords(lifetimes.trustedDevice)} after \`createdAt\`. Sign-ins do not extend it.`,
      resolve: ({ trustedAt }) => later(trustedAt, lifetimes.trustedDevice),
    }),
    lastUsedAt: t.expose('trustUsedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'Time of the last sign-in that needed no second factor because of the trust. Null if there was none.',
    }),
    current: t.exposeBoolean('isCurrent', { description: 'Whether the request comes from this device.' }),
    origin: t.expose('trustOrigin', {
      type: OriginType,
      description: 'Where the device was at `lastUsedAt`, or at `createdAt` if that is null.',
    }),
  }),
});

const DeleteTrustedDevicePayload = builder
  .objectRef<{ deletedDeviceId: string }>('DeleteTrustedDevicePayload')
  .implement({
    description: 'Answer of deleteTrustedDevice.',
    fields: (t) => ({
      deletedDeviceId: t.exposeID('deletedDeviceId', { description: 'Id of the device.' }),
    }),
  });

query('listTrustedDevices', {
  type: [TrustedDevice],
  description:
    'List your trusted devices, newest first. The argument `trustDevice` of updateMfaChallenge and updateMfaPasskeyChallenge makes a browser a ' +
    'trusted device. Every security change, and deleteSessions, ends the trust of all devices.',
  policy: { access: 'signedIn', limits: [], errors: [] },
  resolve: (_args, { deps, exchange, signedIn }) =>
    listOwnTrustedDevices(deps, signedIn, exchange.deviceDigest),
});

mutation('deleteTrustedDevice', {
  type: DeleteTrustedDevicePayload,
  description:
    'Stop trusting a device. The next sign-in on it needs a second factor again. Sessions on it stay signed in: end them with ' +
    'deleteSession.',
  policy: { access: 'signedIn', limits: limits.write, errors: ['USER_DEVICE_NOT_FOUND'] },
  args: (arg) => ({ deviceId: arg.id({ description: 'Id of one of your trusted devices.' }) }),
  resolve: ({ deviceId }, { deps, requester, signedIn }) =>
    deleteTrustedDevice(deps, signedIn, deviceId, requester),
});
