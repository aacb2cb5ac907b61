const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** Formats an ISO 8601 time in the language and time zone of the browser. */
export const formatTime = (time: string): string => format.format(Date.parse(time));
