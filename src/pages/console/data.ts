/** The data that the server puts into the page of the console. */
export interface ConsoleData {
  readonly title: string;
  readonly graphqlPath: string;
  readonly activityPath: string;
}

/** The counts of 15 minutes, as the activity path returns them. */
export interface ActivityPoint {
  /** The start of the 15 minutes, in ISO 8601. */
  readonly at: string;
  readonly signIns: number;
  readonly failures: number;
  /** The maximum number of messages that waited at the same time. */
  readonly waiting: number;
}
