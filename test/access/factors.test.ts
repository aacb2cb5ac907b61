import { describe, expect, it } from 'vitest';
import {
  factorsAfterAuthenticator,
  factorsAfterChallenge,
  factorsAfterMfaSwitch,
  type FactorAccount,
  isFresh,
  isPending,
  isRecent,
  missingFactors,
  requiredFactors,
} from '../../src/access/factors.js';
import { later } from '../../src/clock.js';

const account = (mfaEnabled: boolean, verified: string): FactorAccount => ({
  mfaEnabled,
  totpVerified: verified.includes('totp'),
  hasPasskey: verified.includes('passkey'),
  lastVerifiedEmail: verified.includes('email') ? 'ada@example.test' : null,
  lastVerifiedPhone: verified.includes('phone') ? '+14155550100' : null,
  passwordFromRecovery: verified.includes('by mail'),
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
    [true, 'email by mail', ['password', 'email'], false],
    [true, 'totp email by mail', ['password', 'email'], true],
    [true, 'phone email by mail', ['password', 'email'], true],
    [true, 'totp email by mail', ['password', 'totp'], false],
    [true, 'totp email by mail', ['password', 'recovery-code'], false],
    [true, 'totp email by mail', ['email', 'totp'], false],
    [true, 'passkey', ['password'], true],
    [true, 'passkey', ['password', 'passkey'], false],
    [true, 'passkey', ['passkey'], false],
    [true, 'totp passkey', ['passkey'], false],
    [true, 'passkey email by mail', ['password', 'email'], true],
  ] as const)('with MFA %s and "%s" verified, %j is pending: %s', (mfa, verified, factors, pending) => {
    expect(isPending(account(mfa, verified), factors)).toBe(pending);
    expect(missingFactors(account(mfa, verified), factors).length > 0).toBe(pending);
  });

  it('are two only where MFA is on and something further is verified', () => {
    expect(requiredFactors(account(true, ''))).toBe(1);
    expect(requiredFactors(account(false, 'totp'))).toBe(1);
    expect(requiredFactors(account(true, 'phone'))).toBe(2);
  });

  it('grow by a challenge, once for a factor', () => {
    expect(factorsAfterChallenge(['password'], 'TOTP')).toEqual(['password', 'totp']);
    expect(factorsAfterChallenge(['password'], 'RECOVERY_CODE')).toEqual(['password', 'recovery-code']);
    expect(factorsAfterChallenge(['email'], 'EMAIL')).toEqual(['email']);
    expect(factorsAfterChallenge(['email'], 'PHONE')).toEqual(['email', 'phone']);
  });

  it('grow by an authenticator, and by turning MFA on, but not by turning it off', () => {
    expect(factorsAfterAuthenticator(['password'])).toEqual(['password', 'totp']);
    expect(factorsAfterMfaSwitch(['password'], account(false, 'email phone totp'), true)).toEqual([
      'password',
      'totp',
      'email',
      'phone',
    ]);
    expect(factorsAfterMfaSwitch(['password'], account(true, 'email'), false)).toEqual(['password']);
  });

  it('are recently challenged for 1800 seconds', () => {
    const passedAt = new Date('2026-01-01');
    const session = { createdAt: later(passedAt, -1), mfaUpdatedAt: passedAt };
    expect(isRecent(session, later(passedAt, 1800))).toBe(true);
    expect(isRecent(session, later(passedAt, 1800.001))).toBe(false);
    expect(isRecent({ createdAt: passedAt, mfaUpdatedAt: null }, passedAt)).toBe(false);
  });

  it('are fresh for 600 seconds after the sign-in or the last challenge', () => {
    const createdAt = new Date('2026-01-01');
    const mfaUpdatedAt = later(createdAt, 5000);
    expect(isFresh({ createdAt, mfaUpdatedAt: null }, later(createdAt, 600))).toBe(true);
    expect(isFresh({ createdAt, mfaUpdatedAt: null }, later(createdAt, 600.001))).toBe(false);
    expect(isFresh({ createdAt, mfaUpdatedAt }, later(mfaUpdatedAt, 600))).toBe(true);
    expect(isFresh({ createdAt, mfaUpdatedAt }, later(mfaUpdatedAt, 600.001))).toBe(false);
  });

  it('lack what could complete them, a code by mail only where it counts', () => {
    expect(missingFactors(account(true, 'totp email phone'), ['password'])).toEqual([
      'TOTP',
      'EMAIL',
      'PHONE',
    ]);
    expect(missingFactors(account(true, 'totp email by mail'), ['password'])).toEqual(['TOTP']);
    expect(missingFactors(account(true, 'email by mail'), ['password'])).toEqual(['EMAIL']);
  });
});
