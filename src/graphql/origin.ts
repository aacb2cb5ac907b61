import type { Origin } from '../origin/origin.js';
import { builder } from './builder.js';

const OriginOs = builder.objectRef<Origin['os']>('OriginOs').implement({
  description: 'The operating system of a client.',
  fields: (t) => ({
    code: t.exposeString('code', { nullable: true, description: 'Short code, for example `WIN`.' }),
    name: t.exposeString('name', { nullable: true, description: 'Name, for example `Windows`.' }),
    version: t.exposeString('version', { nullable: true, description: 'Version, for example `10`.' }),
  }),
});

const OriginClient = builder.objectRef<Origin['client']>('OriginClient').implement({
  description: 'The browser, app or library of a client.',
  fields: (t) => ({
    type: t.exposeString('type', {
      nullable: true,
      description: 'Kind, for example `browser` or `library`.',
    }),
    code: t.exposeString('code', { nullable: true, description: 'Short code, for example `CH`.' }),
    name: t.exposeString('name', { nullable: true, description: 'Name, for example `Chrome`.' }),
    version: t.exposeString('version', {
      nullable: true,
      description: 'Major and minor version, for example `70.0`.',
    }),
    engine: t.exposeString('engine', {
      nullable: true,
      description: 'Rendering engine, for example `Blink`.',
    }),
    engineVersion: t.exposeString('engineVersion', {
      nullable: true,
      description: 'Version of the engine where it differs from the browser’s.',
    }),
  }),
});

const OriginDevice = builder.objectRef<Origin['device']>('OriginDevice').implement({
  description: 'The device of a client.',
  fields: (t) => ({
    name: t.exposeString('name', {
      nullable: true,
      description: 'Kind, for example `desktop` or `smartphone`.',
    }),
    brand: t.exposeString('brand', { nullable: true, description: 'Maker, for example `Apple`.' }),
    model: t.exposeString('model', { nullable: true, description: 'Model, for example `iPhone`.' }),
  }),
});

const OriginCountry = builder.objectRef<NonNullable<Origin['country']>>('OriginCountry').implement({
  description: 'A country.',
  fields: (t) => ({
    code: t.expose('code', { type: 'CountryCode', description: 'ISO 3166-1 alpha-2, upper case.' }),
    name: t.exposeString('name', { description: 'Name in English.' }),
  }),
});

/** Where a session or a log line came from. */
export const OriginType = builder.objectRef<Origin>('Origin').implement({
  description:
    'Where a request came from, by its address and User-Agent at that time. What is unknown is null.',
  fields: (t) => ({
    ip: t.exposeString('ip', { nullable: true, description: 'Client address, IPv4 or IPv6.' }),
    os: t.expose('os', { type: OriginOs, description: 'Operating system.' }),
    client: t.expose('client', { type: OriginClient, description: 'Browser, app or library.' }),
    device: t.expose('device', { type: OriginDevice, description: 'Device.' }),
    country: t.expose('country', {
      type: OriginCountry,
      nullable: true,
      description: 'Country of the address by the DB-IP database; null when unknown.',
    }),
  }),
});
