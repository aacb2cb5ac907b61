import { catalogue, errorCodes } from '../errors/catalogue.js';
import { builder } from './builder.js';

/** No field refers to it: it tells clients and generated types which values `extensions.code` can hold. */
builder.enumType('ErrorCode', {
  description: 'What `errors[].extensions.code` can hold, and what a client does about it.',
  values: Object.fromEntries(
    errorCodes.map((code) => [code, { description: `${catalogue[code].message} ${catalogue[code].remedy}` }]),
  ),
});
