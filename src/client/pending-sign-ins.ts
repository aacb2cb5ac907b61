import { randomText } from './pkce.js';
import type { SessionStorage } from './session.js';

const key = 'gatehouse.asked';
/** Whoever asks again may still use the first mail. */
const maxKept = 5;

/** Remembers what was asked for in this browser or app, so that what somebody else asked for is told from it. */
export interface PendingSignIns {
  /** A number for something that is asked for now. */
  number(): Promise<string>;
  isKnown(number: string): Promise<boolean>;
}

export function createPendingSignIns(storage: SessionStorage): PendingSignIns {
  const kept = async (): Promise<string[]> => ((await storage.getItem(key)) ?? '').split(' ').filter(Boolean);
  return {
    async number() {
      const number = randomText();
      await storage.setItem(key, [number, ...(await kept())].slice(0, maxKept).join(' '));
      return number;
    },
    isKnown: async (number) => (await kept()).includes(number),
  };
}
