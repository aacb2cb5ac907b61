import type { SignInOptionsQuery } from './generated/types.js';

/** What a sign-in page shows. */
export type SignInOptions = NonNullable<SignInOptionsQuery['signInOptions']>;

const lifetimeMilliseconds = 60_000;

/** Keeps the options for a minute, because every part of a page may ask for them. */
export function createOptionsKeeper(load: () => Promise<SignInOptions>): () => Promise<SignInOptions> {
  let options: Promise<SignInOptions> | undefined;
  let until = 0;
  return () => {
    if (!options || Date.now() > until) {
      until = Date.now() + lifetimeMilliseconds;
      options = load();
      options.catch(() => {
        until = 0;
      });
    }
    return options;
  };
}
