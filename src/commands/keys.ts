import { systemClock } from '../clock.js';
import { operatorBearer } from '../secrets/operator-keys.js';
import { newBytes } from '../secrets/random.js';

const rings = ['ENCRYPTION_KEYS', 'PEPPER_KEYS', 'CODE_KEYS', 'JWT_KEYS'];

/** A fresh key for each ring, named after today, as lines of a `.env` file. */
export function newKeyLines(): string {
  const name = `k${systemClock.now().toISOString().slice(0, 10).replaceAll('-', '')}`;
  const operator = { bytes: newBytes(32) };
  const lines = rings.map((ring) => `${ring}=${name}:${Buffer.from(newBytes(32)).toString('base64')}`);
  return [
    '# Keep these where you keep passwords. To rotate one, put the new key before the old one, with a comma between them.',
    ...lines,
    '# For services that do not know Ed25519: this key instead, with JWT_ALGORITHM=ES256.',
    `# JWT_KEYS=${name}:es256:${Buffer.from(newBytes(32)).toString('base64')}`,
    '# An operator: GATEHOUSE_OPERATOR_KEY below is what is sent for this key.',
    `# OPERATOR_KEYS=${name}:${Buffer.from(operator.bytes).toString('base64')}`,
    `# GATEHOUSE_OPERATOR_KEY=${operatorBearer(operator)}`,
    '# A webhook, with its WEBHOOK_URL:',
    `# WEBHOOK_SECRET=whsec_${Buffer.from(newBytes(32)).toString('base64')}`,
    '# Decisions of your application, with its DECIDE_URL:',
    `# DECIDE_SECRET=whsec_${Buffer.from(newBytes(32)).toString('base64')}`,
  ].join('\n');
}
