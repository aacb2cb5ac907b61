import { describe, expect, it } from 'vitest';
import {
  afterAuthenticator,
  afterChallenge,
  afterMfa,
  type FactorAccount,
  isPending,
  isRecent,
  requiredFactors,
} from '../../src/access/factors.js';
import { later } from '../../src/clock.js';

const account = (mfaEnabled: boolean, verified: string): FactorAccount => ({
  mfaEnabled,
  totpVerified: verified.includes('totp'),
  emailVerified: verified.includes('email'),
  phoneVerified: verified.includes('phone'),
});

describe('the factors of a session', () => {
  // MFA | verified on the account | proven on the session -> pending?
  it.each([
    [false, '', ['password'], false],
    [false, 'totp email phone', ['password'], false],
    [true, '', ['password'], false],
    [true, '', ['anonymous'], false],
    [true, 'email', ['password'], true],
    [true, 'phone', ['password'], true],
    [true, 'totp', ['password'], true],
    [true, 'totp', ['oauth2'], true],
    [true, 'email', ['email'], true],
    [true, 'email', ['email', 'email'], true],
    [true, 'email', ['password', 'email'], false],
    [true, 'totp', ['email', 'totp'], false],
    [true, 'email', ['email', 'recovery-code'], false],
    [true, 'phone', ['phone', 'totp'], false],
    [true, 'totp email', [], true],
  ] as const)('with MFA %s and "%s" verified, %j is pending: %s', (mfa, verified, factors, pending) => {
    expect(isPending(account(mfa, verified), factors)).toBe(pending);
  });

  it('are two only where MFA is on and something further is verified', () => {
    expect(requiredFactors(account(true, ''))).toBe(1);
    expect(requiredFactors(account(false, 'totp'))).toBe(1);
    expect(requiredFactors(account(true, 'phone'))).toBe(2);
  });

  it('grow by a challenge, once for a factor', () => {
    expect(afterChallenge(['password'], 'TOTP')).toEqual(['password', 'totp']);
    expect(afterChallenge(['password'], 'RECOVERY_CODE')).toEqual(['password', 'recovery-code']);
    expect(afterChallenge(['email'], 'EMAIL')).toEqual(['email']);
    expect(afterChallenge(['email'], 'PHONE')).toEqual(['email', 'phone']);
  });

  it('grow by an authenticator, and by turning MFA on, but not by turning it off', () => {
    expect(afterAuthenticator(['password'])).toEqual(['password', 'totp']);
    expect(afterMfa(['password'], account(false, 'email phone totp'), true)).toEqual([
      'password',
      'totp',
      'email',
      'phone',
    ]);
    expect(afterMfa(['password'], account(true, 'email'), false)).toEqual(['password']);
  });

  it('are recently challenged for 1800 seconds', () => {
    const passedAt = new Date('2026-01-01');
    expect(isRecent(passedAt, later(passedAt, 1800))).toBe(true);
    expect(isRecent(passedAt, later(passedAt, 1800.001))).toBe(false);
    expect(isRecent(null, passedAt)).toBe(false);
  });
});
