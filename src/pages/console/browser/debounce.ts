import { useEffect, useState } from 'preact/hooks';

/** Returns the value once it has not changed for this number of milliseconds. */
export function useDebouncedValue<Value>(value: Value, milliseconds: number): Value {
  const [debounced, setDebounced] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(() => value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return debounced;
}

/** The pause after which a search is sent while the operator types. */
export const typingPauseMilliseconds = 150;
