/** Those who take due work from a table of PostgreSQL's and put down that it is done. */

export interface Contestant {
  name: string;
  /** Makes so many that are due now. Not measured. */
  addDue(count: number): Promise<void>;
  /** Makes so many that are due some other day. Not measured. */
  addLater(count: number): Promise<void>;
  /** Takes all that is due and settles it; how many. */
  workAll(): Promise<number>;
  /** What the database does by itself when it has had a minute: plans are made for tables of the size that they have. Not measured. */
  analyze(): Promise<void>;
  close(): Promise<void>;
}

/** What a contestant works in a second, with `count` due. */
export async function rateOf(
  contestant: Pick<Contestant, 'name' | 'addDue'>,
  count: number,
  work: () => Promise<number>,
): Promise<number> {
  await contestant.addDue(count);
  const began = performance.now();
  const done = await work();
  if (done !== count) throw new Error(`${contestant.name} worked ${done} of ${count}`);
  return (1_000 * count) / (performance.now() - began);
}
