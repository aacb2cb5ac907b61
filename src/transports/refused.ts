/** Whoever carries messages will never take this one: its address is wrong, or the sender is not welcome. */
export class PermanentFailure extends Error {
  override readonly name = 'Refused';
}
