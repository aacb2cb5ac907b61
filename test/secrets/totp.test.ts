import { generateSync } from 'otplib';
import { describe, expect, it } from 'vitest';
import { fromUnixSeconds } from '../../src/clock.js';
import { newRecoveryCode, plainRecoveryCode } from '../../src/secrets/recovery-code.js';
import { matchingTimeStep, newTotpSecret, totpUri } from '../../src/secrets/totp.js';

/** "12345678901234567890" in base32: the key of RFC 6238, appendix B. */
const rfcSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('TOTP', () => {
  it('labels are parted from their issuer by the one colon there is', () => {
    for (const [issuer, label] of [
      ['Foo: Bar', 'Foo%20Bar:ada%40x.test'],
      ['::', 'Accounts:ada%40x.test'],
    ] as const)
      expect(totpUri(issuer, 'ada@x.test', rfcSecret)).toContain(`otpauth://totp/${label}?`);
  });

  // The last six of the eight digits that the RFC prints for SHA-1.
  it.each([
    [59, '287082', 1],
    [1111111109, '081804', 37037036],
    [1111111111, '050471', 37037037],
    [1234567890, '005924', 41152263],
    [2000000000, '279037', 66666666],
    [20000000000, '353130', 666666666],
  ])('at %i is %s', (seconds, code, step) => {
    expect(matchingTimeStep(rfcSecret, code, fromUnixSeconds(seconds))).toBe(step);
  });

  it('takes one step either side and no more, and says which', () => {
    const now = 1_800_000_000;
    const codeAt = (offset: number) => generateSync({ secret: rfcSecret, epoch: now + offset * 30 });
    const matches = [-3, -2, -1, 0, 1, 2, 3].map((offset) =>
      matchingTimeStep(rfcSecret, codeAt(offset), fromUnixSeconds(now)),
    );
    const step = now / 30;
    expect(matches).toEqual([null, null, step - 1, step, step + 1, null, null]);
    const late = matchingTimeStep(rfcSecret, codeAt(-1), fromUnixSeconds(now + 29));
    expect(late).toBe(step - 1);
  });

  it('takes nothing that is not six digits', () => {
    for (const text of ['', '12345', '1234567', ' 287082', '２８７０８２', 'abcdef', '287082\n']) {
      expect(matchingTimeStep(rfcSecret, text, fromUnixSeconds(59))).toBeNull();
    }
  });

  it('has secrets of 160 bits and URIs whose parts are escaped', () => {
    const secrets = Array.from({ length: 100 }, newTotpSecret);
    expect(new Set(secrets).size).toBe(100);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const uri = new URL(totpUri('A & B', 'ada+x@example.test', rfcSecret));
    expect(uri.protocol).toBe('otpauth:');
    expect(uri.searchParams.get('issuer')).toBe('A & B');
    expect(uri.searchParams.get('secret')).toBe(rfcSecret);
    expect(decodeURIComponent(uri.pathname)).toContain('ada+x@example.test');
  });
});

describe('a recovery code', () => {
  it('is four groups of four without letters that look like others', () => {
    for (let count = 0; count < 200; count += 1) {
      expect(newRecoveryCode()).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    }
  });

  it('is compared without case, spaces, dashes and look-alikes', () => {
    expect(plainRecoveryCode(' 7zk2 oqwx-m3tn9fil ')).toBe('7ZK20QWXM3TN9F11');
  });
});
