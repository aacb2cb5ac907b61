import { describe, expect, it } from 'vitest';
import {
  challengeProof,
  type FactorAccount,
  isFresh,
  isPending,
  isRecent,
  mfaSwitchProof,
  missingFactors,
  type SessionProofs,
} from '../../src/access/factors.js';
import { later } from '../../src/clock.js';

const account = (mfaEnabled: boolean, verified: string): FactorAccount => ({
  mfaEnabled,
  totpVerified: verified.includes('totp'),
  hasPasskey: verified.includes('passkey'),
  hasSourceWithoutChallenge: verified.includes('password') || verified.includes('codes'),
  mailboxSuffices: !verified.includes('reverted'),
  lastVerifiedEmail: verified.includes('email') ? 'ada@example.test' : null,
  lastVerifiedPhone: verified.includes('phone') ? '+14155550100' : null,
});

/** A session with these sources, after a passed challenge if asked. */
const session = (sources: readonly string[], isChallenged = false, mfaExempt = false): SessionProofs => ({
  sources,
  mfaExempt,
  mfaUpdatedAt: isChallenged ? new Date(0) : null,
});

describe('the factors of a session', () => {
  // MFA | verified on the account | sources of the session | challenged -> pending?
  it.each([
    [false, '', ['knowledge'], false, false],
    [false, 'totp email phone', ['knowledge'], false, false],
    [true, '', ['knowledge'], false, false],
    [true, '', [], false, false],
    [true, 'email', ['knowledge'], false, true],
    [true, 'phone', ['knowledge'], false, true],
    [true, 'totp', ['knowledge'], false, true],
    [true, 'totp', ['provider'], false, true],
    [true, 'email', ['mailbox'], false, true],
    [true, 'email', ['mailbox'], true, false],
    [true, 'email password', ['mailbox'], true, true],
    [true, 'email codes', ['mailbox'], true, true],
    [true, 'email reverted', ['mailbox'], true, true],
    [true, 'email', ['knowledge', 'mailbox'], true, false],
    [true, 'totp email', ['mailbox'], true, true],
    [true, 'phone email', ['mailbox'], true, true],
    [true, 'totp', ['mailbox', 'app'], true, false],
    [true, 'email', ['mailbox', 'recovery-code'], true, false],
    [true, 'phone', ['number'], false, true],
    [true, 'phone', ['number', 'app'], true, false],
    [true, 'totp email', [], false, true],
    [true, 'passkey', ['knowledge'], false, true],
    [true, 'passkey', ['passkey'], false, false],
    [true, 'passkey email', ['mailbox'], true, true],
  ] as const)('with MFA %s and "%s" verified, %j after a challenge (%#: %s) is pending: %s', (...row) => {
    const [mfa, verified, sources, isChallenged, isPendingNow] = row;
    const proofs = session(sources, isChallenged);
    expect(isPending(account(mfa, verified), proofs)).toBe(isPendingNow);
    expect(missingFactors(account(mfa, verified), proofs).length > 0).toBe(isPendingNow);
  });

  it('are enough on the session that turned MFA on', () => {
    expect(isPending(account(true, 'totp'), session(['knowledge'], false, true))).toBe(false);
  });

  it('grow by a challenge', () => {
    expect(challengeProof('TOTP')).toEqual({ factors: ['totp'], sources: ['app'] });
    expect(challengeProof('EMAIL')).toEqual({ factors: ['email'], sources: ['mailbox'] });
  });

  it('grow when MFA is turned on, without a source, and not when it is turned off', () => {
    const factors = ['totp', 'email', 'phone'];
    expect(mfaSwitchProof(account(false, 'email phone totp'), true)).toEqual({ factors, sources: [] });
    expect(mfaSwitchProof(account(true, 'email'), false)).toEqual({ factors: [], sources: [] });
  });

  it('are recently challenged for 1800 seconds', () => {
    const passedAt = new Date('2026-01-01');
    const times = { createdAt: later(passedAt, -1), mfaUpdatedAt: passedAt, sources: ['mailbox', 'app'] };
    expect(isRecent(times, later(passedAt, 1800))).toBe(true);
    expect(isRecent(times, later(passedAt, 1800.001))).toBe(false);
    expect(isRecent({ ...times, mfaUpdatedAt: null }, passedAt)).toBe(false);
    expect(isRecent({ ...times, sources: ['mailbox', 'trusted-device'] }, passedAt)).toBe(false);
  });

  it('are fresh for 600 seconds after the sign-in or the last challenge', () => {
    const createdAt = new Date('2026-01-01');
    const mfaUpdatedAt = later(createdAt, 5000);
    const sources = ['knowledge'];
    expect(isFresh({ createdAt, sources, mfaUpdatedAt: null }, later(createdAt, 600))).toBe(true);
    expect(isFresh({ createdAt, sources, mfaUpdatedAt: null }, later(createdAt, 600.001))).toBe(false);
    expect(isFresh({ createdAt, sources, mfaUpdatedAt }, later(mfaUpdatedAt, 600))).toBe(true);
    expect(isFresh({ createdAt, sources, mfaUpdatedAt }, later(mfaUpdatedAt, 600.001))).toBe(false);
    const trusted = { createdAt, mfaUpdatedAt: null, sources: ['knowledge', 'trusted-device'] };
    expect(isFresh(trusted, createdAt)).toBe(false);
  });

  it('lack what could complete the session, and never the mailbox twice if the account has another source', () => {
    const knowledge = session(['knowledge']);
    expect(missingFactors(account(true, 'totp email phone'), knowledge)).toEqual(['TOTP', 'EMAIL', 'PHONE']);
    expect(missingFactors(account(true, 'totp email'), session(['mailbox']))).toEqual(['TOTP']);
    expect(missingFactors(account(true, 'email'), session(['mailbox']))).toEqual(['EMAIL']);
    expect(missingFactors(account(true, 'email password'), session(['mailbox']))).toEqual(['RECOVERY_CODE']);
  });
});
