import { labelForm } from '../config/fields.js';
import { argumentInvalid } from '../errors/account-error.js';

/** They travel in every JWT. */
const maxLabels = 50;

/** In words, for descriptions. */
export const labelRule = `at most ${maxLabels}, each 1 to 36 letters, digits, ".", "_", ":" or "-", the first a letter or digit`;

/** Labels of a user, without repetitions. @throws {AccountError} GENERAL_ARGUMENT_INVALID */
export function parseLabels(labels: readonly string[]): string[] {
  if (labels.length > maxLabels || !labels.every((label) => labelForm.test(label)))
    throw argumentInvalid('labels', `Must be ${labelRule}.`);
  return [...new Set(labels)];
}
